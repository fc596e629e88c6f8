// One script, one style sheet, names that never change: the server embeds them and tells versions apart by ETag.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const server = 'http://127.0.0.1:4321';

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  // Component tests mount in happy-dom and need Svelte's browser build, not its server build.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  server: { port: 4322, proxy: { '/api': server, '/v1': server } },
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: { entryFileNames: 'app.js', chunkFileNames: '[name].js', assetFileNames: 'app[extname]' },
    },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
}));
