module.exports = function (id, name) {
  getApp().aplus.aplus_queue.push({
    action: 'aplus.sendPV',
    arguments: [{ is_auto: false }, { sapp_id: '40001', sapp_name: 'demo_parking', page_id: id, page_name: name, page_url: id }]
  })
}
