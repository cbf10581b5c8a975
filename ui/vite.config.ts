import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: { $lib: folder('./src/lib'), $features: folder('./src/features') },
    // Vitest runs the state classes as a browser would: runes react there.
    conditions: process.env.VITEST ? ['browser'] : undefined,
  },
  plugins: [
    svelte(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: false, // main.ts registers it: the content security policy allows no inline script
      injectManifest: { globPatterns: ['**/*.{js,css,html,woff2,svg}'], globIgnores: ['**/jsQR*', '**/maplibre*', '**/countries*'] },
      manifest: {
        name: 'Visavis',
        short_name: 'Visavis',
        description: 'Whom will you see?',
        id: '/',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#FAF5EC',
        theme_color: '#FAF5EC',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        shortcuts: [{ name: 'Handshake', url: '/handshake', icons: [{ src: '/icon-192.png', sizes: '192x192' }] }],
      },
    }),
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // nothing inline: data: URLs would need a wider policy
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: folder('./index.html'), guest: folder('./src/guest.css') },
      // The server's own pages for guests name their style sheet.
      output: { assetFileNames: (asset) => (asset.names.includes('guest.css') ? 'guest.css' : 'assets/[name]-[hash][extname]') },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env.VISAVIS_SERVER ?? 'http://127.0.0.1:8080', changeOrigin: false } },
  },
  test: { include: ['src/**/*.test.ts'] },
});
