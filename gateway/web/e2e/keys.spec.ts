import { readFileSync } from 'node:fs';
import { accessible, ended, expect, KEY, photo, pipeline, taken, test, uploaded } from './kombine';

test('a key makes the browser its owner, for pictures, streams and downloads too', async ({
  page,
  context,
  baseURL,
  request,
}) => {
  test.skip(KEY === '', 'KOMBINE_KEY names no API key of this system.');
  await context.addCookies([{ name: 'kombine-key', value: 'of-nobody', url: baseURL ?? '' }]);
  await page.goto('/batches');
  await expect(page.getByRole('heading', { name: 'An API key, please' })).toBeVisible();
  await accessible(page, 'the question for a key');
  const use = page.getByRole('button', { name: 'Use this key' });
  await page.getByLabel('API key', { exact: true }).fill('not this one');
  await expect(page.getByText(/without spaces/)).toBeVisible();
  await expect(use).toBeDisabled();
  await page.getByLabel('API key', { exact: true }).fill('not-this-one');
  await use.click();
  await expect(page.getByText(/nobody’s|nobody's/)).toBeVisible();
  await page.getByLabel('API key', { exact: true }).fill(KEY);
  await use.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Batches' })).toBeVisible();

  // the requests of the page's own context carry its cookie, as the page's do
  const [source] = await uploaded(page.request, [
    { name: 'a.png', buffer: readFileSync(photo('coffee.png')) },
  ]);
  const id = await pipeline(page.request, {
    name: 'Key e2e',
    source_images: [source],
    i2i_config: { enabled: true, prompts: ['at dusk'], model: 'local-image', images_per_prompt: 1 },
  });
  await page.goto(`/batches/${id}`);
  await ended(page.request, id);
  await expect(page.locator('[data-status="COMPLETED"]')).toBeVisible();
  const picture = page
    .getByRole('button', { name: /^Open Image/ })
    .first()
    .locator('img');
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  expect(await taken(page, page.getByRole('link', { name: 'Download all' }))).toBe('PK');
  expect((await request.get(`/api/batches/${id}`)).status(), 'for somebody else').toBe(404);

  await page.goto('/settings');
  await expect(page.getByText('A key is in use.')).toBeVisible();
  await accessible(page, 'settings with a key');
  await page.getByRole('button', { name: 'Forget the key' }).click();
  await expect(use).toBeVisible();
  await page.goto(`/batches/${id}`);
  await expect(page.getByText('There is no such batch')).toBeVisible();
});
