import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router';
import './styles/element';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';

createApp(App).use(createPinia()).use(router).mount('#app');
