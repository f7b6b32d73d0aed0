import { createApp } from 'vue';
import App from './App.vue';
import router from './router';
import { setupTracking } from '@/utils/tracking';

const app = createApp(App);
app.config.errorHandler = (err: unknown) => {
  (window as any)._wpk?.reportError(err);
};
setupTracking(router);
app.use(router).mount('#app');
