const view = require('../../utils/page')
Page({
  data: { list: [] },
  onShow() {
    view('order', '我的订单')
  }
})
