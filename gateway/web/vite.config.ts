import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// why a proxy: in development the pages come from Vite and everything else from a running gateway
const gateway = process.env.KOMBINE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: Object.fromEntries(
      ['/api/', '/batch/', '/status/', '/signed-upload', '/ws/'].map((path) => [
        path,
        { target: gateway, ws: path === '/ws/' },
      ]),
    ),
  },
  build: { target: 'es2023', assetsDir: 'console', chunkSizeWarningLimit: 500 },
  logLevel: 'warn',
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
