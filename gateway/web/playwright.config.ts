import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const browsers = [
  process.env.KOMBINE_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executablePath = browsers.find((path) => path && existsSync(path));

/** The flows of every page, in a real browser against a running system: KOMBINE_URL=http://localhost:8080 npm run e2e */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'node_modules/.e2e',
  // why one: the tests share a machine with the whole system that they drive
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.KOMBINE_URL ?? 'http://localhost:8080',
    viewport: { width: 1360, height: 900 },
    colorScheme: 'light',
    // why: colours are measured, and would be those of the middle of a change
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu'],
    },
  },
});
