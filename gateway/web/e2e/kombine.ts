import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync, crc32 as zlibCrc } from 'node:zlib';
import { type APIRequestContext, test as base, expect, type Locator, type Page } from '@playwright/test';
import type { Batch } from '../src/api/types';

export { expect };

const samples = new URL('../../../deploy/local/samples/', import.meta.url);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const photo = (name: string) => fileURLToPath(new URL(name, samples));
export const PHOTOS = ['astronaut.png', 'chelsea.png', 'coffee.png'].map(photo);

/** What a page must never do: throw, write errors, or ask another host for anything. */
export const test = base.extend<{ page: Page; wrong: string[] }>({
  wrong: async ({ baseURL }, use) => {
    void baseURL;
    const wrong: string[] = [];
    await use(wrong);
    expect(wrong, 'errors of the page').toEqual([]);
  },
  page: async ({ page, baseURL, wrong }, use) => {
    // why: where a system has other models as well, these are the ones that make real pictures without a key
    await page.addInitScript(() => {
      const models = { imageModel: 'local-image', videoModel: 'local-video', audioModel: 'local-voice' };
      localStorage.getItem('kombine.settings') ??
        localStorage.setItem('kombine.settings', JSON.stringify(models));
    });
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => {
      // why not these: a refusal that a test provokes, and a gateway that is away, are written by the browser itself
      if (message.type() === 'error' && !/Failed to load resource|WebSocket|ERR_/.test(message.text()))
        wrong.push(message.text());
    });
    page.on('request', (request) => {
      const { host, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && host !== new URL(baseURL ?? '').host) wrong.push(request.url());
    });
    await use(page);
  },
});

/** Holds a page, as it stands, to WCAG 2.1 A and AA. */
export async function accessible(page: Page, what: string) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run: (
          context: Document,
          options: object,
        ) => Promise<{
          violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap((v) =>
      v.nodes
        .slice(0, 3)
        .map((node) => `${v.id}: ${v.help}: ${node.html.slice(0, 200)} ${node.failureSummary.slice(0, 300)}`),
    );
  });
  expect(found, `accessibility of ${what}`).toEqual([]);
}

/** Does something in either theme, the dark one last. */
export async function inBothThemes(page: Page, act: (theme: 'light' | 'dark') => Promise<unknown>) {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    await act(theme);
  }
}

/** Nothing stands out of the window sideways. */
export async function fits(page: Page, what: string) {
  // why again and again: the frame slides to its new width
  await expect
    .poll(
      () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      {
        message: `pixels of ${what} beside the window`,
        timeout: 5_000,
      },
    )
    .toBeLessThanOrEqual(0);
}

export async function batch(request: APIRequestContext, id: string): Promise<Batch> {
  const answer = await request.get(`/api/batches/${id}`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Batch;
}

const ENDED = ['COMPLETED', 'COMPLETED_WITH_FAILURES', 'FAILED', 'CANCELLED'];

/** Waits for a batch's end and answers it. */
export async function ended(request: APIRequestContext, id: string, timeout = 90_000): Promise<Batch> {
  let last: Batch | undefined;
  await expect
    .poll(
      async () => {
        const answer = await request.get(`/api/batches/${id}`).catch(() => null);
        if (answer?.ok()) last = (await answer.json()) as Batch;
        return last?.status;
      },
      { timeout, intervals: [250] },
    )
    .toMatch(new RegExp(`^(${ENDED.join('|')})$`));
  return last as Batch;
}

export async function uploaded(
  request: APIRequestContext,
  files: { name: string; buffer: Buffer }[],
): Promise<string[]> {
  const urls: string[] = [];
  for (const { name, buffer } of files) {
    const answer = await request.post('/api/uploads', {
      multipart: { files: { name, mimeType: 'image/png', buffer } },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    urls.push(((await answer.json()) as { url: string }[])[0]?.url ?? '');
  }
  return urls;
}

/** A picture of one colour. */
export function png(red: number, green: number, blue: number, size = 64): Buffer {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(size * 3, Buffer.from([red, green, blue]))]);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: size }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(data: Buffer): number {
  if (typeof zlibCrc === 'function') return zlibCrc(data);
  let c = ~0;
  for (const byte of data) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (0xedb88320 & -(c & 1));
  }
  return ~c >>> 0;
}

/** A pipeline asked for over the API, for pages that show what is there. */
export async function pipeline(request: APIRequestContext, body: object): Promise<string> {
  const answer = await request.post('/api/pipelines/bulk', { data: body });
  expect(answer.status(), await answer.text()).toBe(202);
  const { batch_id } = (await answer.json()) as { batch_id: string };
  return batch_id;
}

/** Puts files onto the page as pasting does. */
export async function paste(page: Page, files: string[]) {
  const data = files.map((file) => ({ name: basename(file), base64: readFileSync(file).toString('base64') }));
  await page.evaluate((given) => {
    const clipboard = new DataTransfer();
    for (const { name, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      clipboard.items.add(new File([bytes], name, { type: 'image/png' }));
    }
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true }));
  }, data);
}

/** Goes to something with the tabulator alone, as one without a pointer does. */
export async function tabTo(page: Page, target: Locator) {
  for (let i = 0; i < 80; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${target}`);
}

/** Takes a download and answers its first bytes: those of a zip file begin with PK. */
export async function taken(page: Page, link: Locator): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const path = await download.path();
  return readFileSync(path).subarray(0, 2).toString('latin1');
}

/**
 * A model of images whose calls are lost where the prompt says [lost], and refused once where it says [refused];
 * empty where this system has none.
 */
export const FAULTY_MODEL = process.env.KOMBINE_FAULTY_MODEL ?? '';

/** An API key of this system, whose owner has made nothing yet; empty where there is none. */
export const KEY = process.env.KOMBINE_KEY ?? '';

/** Whether this run may restart the gateway: KOMBINE_RESTART is an address to POST to, or a command. */
export const mayRestart = Boolean(process.env.KOMBINE_RESTART);

/** Restarts the gateway that the browser talks to, and returns when it answers again. */
export async function restartGateway() {
  const how = process.env.KOMBINE_RESTART ?? '';
  if (how.startsWith('http')) {
    const answer = await fetch(how, { method: 'POST' });
    expect(answer.ok).toBe(true);
  } else {
    execSync(how, { stdio: 'ignore' });
  }
}

export const moneyOf = (amount: number) =>
  new RegExp(
    `\\$${new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(amount).replace(/\./g, '\\.')} USD`,
  );
