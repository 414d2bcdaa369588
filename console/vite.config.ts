/**
 * How the console becomes static files. Everything is a file of its own from our own host: no inline
 * script, no inline style, no `data:` URL, so that the service can say `script-src 'self'; style-src 'self'`.
 *
 * `npm run dev --workspace console` serves the sources and passes `/console/api` on to a running service.
 *
 * @module
 */

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
    // Together they are smaller than in a file each: what nearly every page wants most of, and then pages
    // that lead to each other.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'parts', test: /src.(parts|words|api|frame)./ },
            { name: 'activity', test: /pages.activity./ },
            { name: 'connect', test: /pages.(connect|api-keys)./ },
            { name: 'people', test: /pages.(users|groups|suspended|timeline)./ },
            { name: 'sign-in', test: /pages.sign-in./ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/console/api': 'http://127.0.0.1:3000' } },
})
