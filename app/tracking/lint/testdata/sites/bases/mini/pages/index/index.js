const view = require('../../utils/page')
Page({
  onShow() {
    view('menu', '今日菜单')
  }
})
