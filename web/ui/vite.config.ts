import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue()],
  cacheDir: process.env.JICAI_UI_CACHE ?? '../../build/ui-cache',
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': { target: process.env.JICAI_SERVICE ?? 'http://127.0.0.1:8080', changeOrigin: false } } }, // the service compares Host and Origin
  build: {
    // Domestic browsers in Chromium mode lag behind; this is Chromium 86 of 2020.
    target: ['chrome86', 'firefox78', 'safari14'],
    assetsInlineLimit: 0, // the Content-Security-Policy allows no data: scripts or fonts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      onwarn: (warning, report) => {
        if (warning.code !== 'INVALID_ANNOTATION') report(warning); // a comment's place in a package
      },
      output: {
        manualChunks: (id: string) => {
          if (/node_modules\/(vue|@vue|vue-router|pinia)\//.test(id)) return 'vue';
          if (/node_modules\/(echarts|zrender)\//.test(id)) return 'echarts';
          return undefined;
        },
      },
    },
  },
});
