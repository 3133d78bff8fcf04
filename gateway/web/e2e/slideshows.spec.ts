import { accessible, expect, fits, inBothThemes, moneyOf, PHOTOS, photo, test } from './kombine';

test('links with their products become slideshows', async ({ page, request }) => {
  await page.goto('/slideshows');
  await page
    .getByLabel('Pasted links')
    .fill(
      'tiktok.com/@ann/photo/7301,https://www.tiktok.com/@bob/video/7302\nm.tiktok.com/v/7301.html\texample.com',
    );
  const counts = page.getByTestId('link-counts');
  await expect(counts).toContainText('2 valid');
  await expect(counts).toContainText('1 invalid');
  await expect(counts).toContainText('1 duplicate');
  await expect(page.getByText('“example.com”: is no TikTok address')).toBeVisible();
  await expect(page.getByText('Give links 1, 2 a product photograph.')).toBeVisible();
  await accessible(page, 'links that were pasted');

  // photographs by the order of the table, then one of them by its file's name
  await page
    .getByLabel('Photographs for all links')
    .setInputFiles([photo('coffee.png'), photo('chelsea.png')]);
  await expect(page.getByRole('button', { name: 'Product photograph of link 1: coffee.png' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Product photograph of link 2: chelsea.png' })).toBeVisible();
  await expect(page.getByText('Give links 1, 2 a product description.')).toBeVisible();

  // a spreadsheet column, pasted into the first description
  await page.getByLabel('Product description of link 1').focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'A cup of coffee\nA cat, for cuddling\n');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(page.getByLabel('Product description of link 2')).toHaveValue('A cat, for cuddling');
  await page.getByRole('button', { name: 'Apply link 1 to all' }).click();
  await page.getByRole('menuitem', { name: 'This description for all links' }).click();
  await expect(page.getByLabel('Product description of link 2')).toHaveValue('A cup of coffee');

  await page.getByLabel('Slides of link 1', { exact: true }).setInputFiles(PHOTOS.slice(0, 2));
  await page.getByLabel('Slides of link 2', { exact: true }).setInputFiles(PHOTOS.slice(2));
  await page.getByLabel('Photo variations').fill('2');
  await page.getByLabel('Text variations').fill('1');
  await expect(page.getByTestId('variations')).toHaveText('2 × 1 = 2 variations of 2 links: 4 slideshows');
  const quoted = page.waitForResponse((r) => r.url().endsWith('/api/batch/estimate') && r.ok());
  await page.getByLabel('Name', { exact: true }).fill('Slideshows e2e');
  await quoted;
  await expect(page.getByRole('button', { name: /^Generate for/ })).toBeEnabled({ timeout: 30_000 });
  await accessible(page, 'slideshows that are filled in');
  const total = await page.getByTestId('total').textContent();
  await page.reload();
  await expect(page.getByLabel('Product description of link 2')).toHaveValue('A cup of coffee');
  await expect(page.getByTestId('total')).toHaveText(total ?? '');
  await page.getByRole('button', { name: /^Generate for/ }).click();
  await expect(page).toHaveURL(/\/slideshows\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1) ?? '';

  await expect(page.locator('[data-status="COMPLETED"]')).toBeVisible({ timeout: 240_000 });
  const status = (await (await request.get(`/api/batch/${id}/status`)).json()) as {
    total: number;
    completed: number;
    percent: number;
  };
  // 2 links × 2 variations, an analysis each, and an image for each of 2 and 1 slides
  expect(status).toMatchObject({ total: 10, completed: 10, percent: 100 });
  await expect(page.locator('[data-figure="Steps"]')).toHaveText('10');
  await expect(page.locator('[data-figure="Completed"]')).toHaveText('10');
  await expect(page.getByTestId('percent')).toHaveText('100%');
  await expect(page.getByText(moneyOf(Number(/[\d.]+/.exec(total ?? '')?.[0]))).first()).toBeVisible();
  await expect(page.locator('[data-link="1"]')).toContainText('Completed');
  await expect(page.getByLabel('Recent activity').getByRole('listitem').first()).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download link 2' }).click();
  await download;
  await inBothThemes(page, async (theme) => {
    await accessible(page, `slideshows, ${theme}`);
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, 'slideshows');
  await page.getByRole('link', { name: 'Start new' }).click();
  await expect(page.getByLabel('Pasted links')).toHaveValue('');
});

test('a single link says why it is none', async ({ page }) => {
  await page.goto('/slideshows');
  await page.getByText('Single link').click();
  await page.getByLabel('Link', { exact: true }).fill('example.com');
  await expect(page.getByText('is no TikTok address')).toBeVisible();
});

test('a link whose slides cannot be had fails by itself, in words', async ({ page }) => {
  await page.goto('/slideshows');
  await page.getByLabel('Pasted links').fill('tiktok.com/@ann/photo/7311 , tiktok.com/@bob/photo/7312');
  await page
    .getByLabel('Photographs for all links')
    .setInputFiles([photo('coffee.png'), photo('coffee.png')]);
  await expect(page.getByRole('button', { name: 'Product photograph of link 2: coffee.png' })).toBeVisible();
  await page.getByLabel('Product description of link 1').fill('A cup');
  await page.getByLabel('Product description of link 2').fill('A cup');
  await page.getByLabel('Slides of link 1', { exact: true }).setInputFiles(photo('astronaut.png'));
  await page.getByLabel('Photo variations').fill('1');
  await page.getByLabel('Text variations').fill('1');
  await expect(page.getByText(/1 link without uploaded slides/)).toBeVisible();
  await page.getByRole('button', { name: /^Generate for/ }).click({ timeout: 30_000 });
  await expect(page.locator('[data-link="1"]')).toContainText('Completed', { timeout: 120_000 });
  await expect(page.getByRole('alert', { name: '1 link has no slides' })).toBeVisible();
  await expect(page.locator('[data-link="2"]')).toContainText('Failed');
  await expect(page.locator('[data-link="2"]')).toContainText(/slides/i);
  await accessible(page, 'slideshows with a failed link');
});
