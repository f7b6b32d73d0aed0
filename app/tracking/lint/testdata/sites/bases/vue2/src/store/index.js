import Vue from 'vue'
import Vuex from 'vuex'
import axios from 'axios'

Vue.use(Vuex)

export default new Vuex.Store({
  state: { user: null },
  mutations: {
    setUser (state, user) { state.user = user }
  },
  actions: {
    login ({ commit }) {
      return window.dd.getAuthCode({})
        .then(res => axios.get('https://api.example.gov.cn/login', { params: { code: res.code || res.auth_code } }))
        .then(({ data }) => {
          commit('setUser', data.data)
          return data.data
        })
    }
  }
})
