import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
  accessible,
  batch,
  ended,
  expect,
  FAULTY_MODEL,
  fits,
  mayRestart,
  moneyOf,
  photo,
  pipeline,
  png,
  restartGateway,
  test,
  uploaded,
} from './kombine';

const lines = (n: number, what: string) => Array.from({ length: n }, (_, i) => `${what} ${i + 1}`);

async function sources(request: Parameters<typeof uploaded>[0], n: number) {
  return uploaded(
    request,
    Array.from({ length: n }, (_, i) => ({
      name: `${i}.png`,
      buffer: png((i * 25) % 256, 90, 200 - i * 15),
    })),
  );
}

/** 3 × 3 × 1 images and three videos of each: long enough to look in on. */
async function longBatch(request: Parameters<typeof uploaded>[0], name: string) {
  const urls = await uploaded(request, [
    { name: 'astronaut.png', buffer: readFileSync(photo('astronaut.png')) },
    { name: 'chelsea.png', buffer: readFileSync(photo('chelsea.png')) },
    { name: 'coffee.png', buffer: readFileSync(photo('coffee.png')) },
  ]);
  return pipeline(request, {
    name,
    source_images: urls,
    i2i_config: { enabled: true, prompts: lines(3, 'look'), model: 'local-image', images_per_prompt: 1 },
    i2v_config: { prompts: lines(3, 'zoom in'), model: 'local-video', resolution: '480p', duration_sec: 2 },
  });
}

test('a batch is paused, resumed and cancelled, and the page says what that means', async ({
  page,
  request,
}) => {
  const id = await longBatch(request, 'Controls e2e');
  await page.goto(`/batches/${id}`);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('[data-status="PAUSED"]')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('will not run and cost nothing');
  await expect(dialog).toContainText('stay and are delivered');
  await accessible(page, 'the question before a cancel');
  await dialog.getByRole('button', { name: 'Let it run' }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the batch' }).click();
  const done = await ended(request, id);
  expect(done.status).toBe('CANCELLED');
  await expect(page.locator('[data-status="CANCELLED"]')).toBeVisible();
  await expect(page.getByText(`${done.counts.total} of ${done.counts.total} steps ended`)).toBeVisible();
  await expect(page.getByText(moneyOf(done.cost.spent)).first()).toBeVisible();
});

test('videos held for approval run when they are approved', async ({ page, request }) => {
  const [source] = await uploaded(request, [{ name: 'a.png', buffer: readFileSync(photo('coffee.png')) }]);
  const id = await pipeline(request, {
    name: 'Approval e2e',
    source_images: [source],
    i2i_config: { enabled: true, prompts: ['at dusk'], model: 'local-image', images_per_prompt: 1 },
    i2v_config: { prompts: ['zoom in'], model: 'local-video', resolution: '480p', duration_sec: 1 },
    approval: true,
  });
  await page.goto(`/batches/${id}`);
  await expect(page.locator('[data-status="WAITING_FOR_DECISION"]')).toBeVisible({ timeout: 120_000 });
  await accessible(page, 'a batch that waits for a person');
  await page
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click();
  expect((await ended(request, id)).counts.succeeded).toBe(2);
  await expect(page.locator('[data-status="COMPLETED"]')).toBeVisible();
});

test('a call of which nobody knows the end is decided, and what was refused is tried again', async ({
  page,
  request,
}) => {
  test.skip(FAULTY_MODEL === '', 'KOMBINE_FAULTY_MODEL names no model that loses calls.');
  const [source] = await uploaded(request, [{ name: 'a.png', buffer: readFileSync(photo('coffee.png')) }]);
  const id = await pipeline(request, {
    name: 'Decisions e2e',
    source_images: [source],
    i2i_config: {
      enabled: true,
      prompts: ['at dusk [lost]', 'in oil [lost]', 'a hat [refused]', 'at night'],
      model: FAULTY_MODEL,
      images_per_prompt: 1,
    },
  });
  await page.goto(`/batches/${id}`);
  await expect(page.locator('[data-status="WAITING_FOR_DECISION"]')).toBeVisible({ timeout: 180_000 });
  const question = page.getByRole('region', { name: '2 calls ended without anybody learning how' });
  await expect(question).toContainText('Retrying pays again');
  await expect(question).toContainText('at dusk [lost]');
  await accessible(page, 'calls to be decided');
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, 'calls to be decided');
  await page.setViewportSize({ width: 1360, height: 900 });
  await question.getByRole('button', { name: /^Retry for \$.*, step 1$/ }).click();
  await expect.poll(async () => (await batch(request, id)).counts.succeeded, { timeout: 120_000 }).toBe(2);
  await page.getByRole('button', { name: 'Give up, step 2' }).click();
  const given = await ended(request, id);
  expect(given.status).toBe('COMPLETED_WITH_FAILURES');
  expect(given.counts).toMatchObject({ succeeded: 2, failed: 2, unknown: 0 });
  await expect(page.locator('[data-status="COMPLETED_WITH_FAILURES"]')).toBeVisible();

  // the page says why, and follows the batch when it comes back to life
  await page.getByRole('tab', { name: 'Steps' }).click();
  await page.getByRole('button', { name: 'Image 3' }).click();
  await expect(
    page
      .getByRole('dialog')
      .getByText(/reject|refus|safety|policy/i)
      .first(),
  ).toBeVisible();
  await accessible(page, 'a step that was refused');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Retry 2 failed steps' }).click();
  await expect(page.locator('[data-status="COMPLETED"]')).toBeVisible({ timeout: 180_000 });
  const done = await ended(request, id);
  expect(done.counts).toMatchObject({ total: 4, succeeded: 4 });
  await expect(page.getByText('4 of 4 steps ended')).toBeVisible();
  await expect(page.getByText(moneyOf(done.cost.spent)).first()).toBeVisible();
});

test('the list finds batches by name, kind and status', async ({ page, request }) => {
  const [source] = await uploaded(request, [{ name: 'a.png', buffer: png(20, 120, 90) }]);
  const name = `Needle ${Date.now()}`;
  const id = await pipeline(request, {
    name,
    source_images: [source],
    i2i_config: { enabled: true, prompts: ['in oil'], model: 'local-image', images_per_prompt: 1 },
  });
  await ended(request, id);
  await page.goto('/batches');
  await page.getByLabel('Search by name').fill(name);
  await expect(page.getByTestId('batches').getByRole('listitem')).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'Failed', exact: true }).click();
  await expect(page.getByText('No batch fits')).toBeVisible();
  await expect(page).toHaveURL(/status=FAILED/);
});

test('a page follows its batch through a restart of the gateway and ends with the API’s numbers', async ({
  page,
  request,
}) => {
  test.skip(!mayRestart, 'KOMBINE_RESTART says how the gateway is restarted; it is not set.');
  const id = await longBatch(request, 'Restart e2e');
  await page.goto(`/batches/${id}`);
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
  await expect.poll(async () => (await batch(request, id)).counts.succeeded).toBeGreaterThan(0);
  const before = await batch(request, id);
  expect(before.counts.succeeded).toBeLessThan(before.counts.total);
  const restarted = restartGateway();
  await expect(page.getByText(/Connection lost/)).toBeVisible({ timeout: 120_000 });
  await restarted;
  const done = await ended(request, id, 240_000);
  expect(done.counts).toMatchObject({ total: 36, succeeded: 36 });
  await expect(page.locator('[data-status="COMPLETED"]')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('36 of 36 steps ended')).toBeVisible();
  await expect(page.getByText('9 of 9 done')).toBeVisible();
  await expect(page.getByText('27 of 27 done')).toBeVisible();
  await expect(page.getByText(moneyOf(done.cost.spent)).first()).toBeVisible();
});

test('a batch of more than 10,000 steps answers every hand within 100 ms', async ({ page, request }) => {
  const id = await pipeline(request, {
    name: 'Large e2e',
    source_images: await sources(request, 10),
    i2i_config: { enabled: true, prompts: lines(10, 'look'), model: 'local-image', images_per_prompt: 10 },
    i2v_config: { prompts: lines(10, 'move'), model: 'local-video', resolution: '480p', duration_sec: 1 },
  });
  try {
    await page.goto(`/batches/${id}?show=steps`);
    await expect(page.getByText('11,000 of 11,000', { exact: true })).toBeVisible({ timeout: 120_000 });
    // why at rest: what is measured is the page with so many steps, not the system beside it on the same machine
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.locator('[data-status="PAUSED"]')).toBeVisible({ timeout: 30_000 });
    await expect.poll(async () => (await batch(request, id)).counts.running, { timeout: 120_000 }).toBe(0);
    await accessible(page, 'a table of 11,000 steps');

    const rows = page.getByLabel('Rows of steps');
    expect(await rows.getByRole('row').count()).toBeLessThan(60);
    const times: Record<string, number> = {};
    times['go to the end'] = await reaction(page, async () => {
      await rows.focus();
      await page.keyboard.press('End');
    });
    await expect(rows.getByText(/11000$/)).toBeVisible();
    times['go to the beginning'] = await reaction(page, () => page.keyboard.press('Home'));
    times['open a list'] = await reaction(page, () => page.getByRole('combobox', { name: 'Stage' }).click());
    times['show videos only'] = await reaction(page, () =>
      page.getByRole('option', { name: 'Videos' }).click(),
    );
    await expect(page.getByText('10,000 of 11,000', { exact: true })).toBeVisible();
    times['open a step'] = await reaction(page, () => rows.getByRole('button').first().click());
    await page.keyboard.press('Escape');
    times['go to the activity'] = await reaction(page, () =>
      page.getByRole('tab', { name: 'Activity' }).click(),
    );
    console.log(
      `reactions with 11,000 steps: ${Object.entries(times)
        .map(([what, ms]) => `${what} ${ms.toFixed(0)} ms`)
        .join(', ')}`,
    );
    for (const [what, ms] of Object.entries(times)) expect(ms, what).toBeLessThan(100);
  } finally {
    await request.post(`/api/batches/${id}/cancel`);
  }
});

/**
 * Milliseconds from an input event to the frame that shows its effect, as the browser itself measures them
 * (Event Timing: the longest of the events that the action made).
 */
async function reaction(page: Page, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    const seen = window as unknown as { events: PerformanceEntry[]; observer?: PerformanceObserver };
    seen.events = [];
    seen.observer?.disconnect();
    seen.observer = new PerformanceObserver((list) => seen.events.push(...list.getEntries()));
    seen.observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await act();
  await page.waitForTimeout(400);
  return page.evaluate(() => {
    const seen = window as unknown as { events: PerformanceEntry[]; observer: PerformanceObserver };
    seen.events.push(...seen.observer.takeRecords());
    const inputs = seen.events.filter((e) =>
      /^(pointer(down|up)|click|key(down|up)|mouse(down|up))$/.test(e.name),
    );
    return Math.max(0, ...inputs.map((e) => e.duration));
  });
}
