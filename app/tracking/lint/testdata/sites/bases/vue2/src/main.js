import Vue from 'vue'
import App from './App.vue'
import router from './router'
import store from './store'
import tracker from './plugins/tracker'

Vue.config.productionTip = false
Vue.config.errorHandler = function (err) {
  window._wpk && window._wpk.reportError(err)
}
Vue.use(tracker, { router })

new Vue({
  router,
  store,
  render: h => h(App)
}).$mount('#app')
