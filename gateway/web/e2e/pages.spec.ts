import { accessible, expect, fits, test } from './kombine';

const PAGES = ['/batches', '/pipeline', '/variants', '/scenes', '/storyboards', '/slideshows', '/settings'];

for (const theme of ['light', 'dark'] as const) {
  test(`every page is accessible, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    for (const path of PAGES) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
      await accessible(page, `${path}, ${theme}`);
    }
  });
}

test('every page is usable at 390 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await fits(page, path);
    await accessible(page, `${path} at 390 px`);
  }
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await page.getByRole('link', { name: 'Scene rows' }).click();
  await expect(page).toHaveURL(/\/scenes$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Scene rows' })).toBeInViewport();
});

test('the first load is under 300 kB of compressed JavaScript', async ({ page }) => {
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) bytes += (await response.request().sizes()).responseBodySize;
  });
  await page.goto('/batches', { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  console.log(`first load: ${(bytes / 1000).toFixed(1)} kB of JavaScript, as it travels`);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(300_000);
});

test('an address that names nothing says so', async ({ page }) => {
  await page.goto('/batches/01990000-0000-7000-8000-000000000000');
  await expect(page.getByText('There is no such batch')).toBeVisible();
  await page.goto('/settings/nothing');
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});

test('what a person prefers is kept, and new work begins with it', async ({ page }) => {
  await page.goto('/settings');
  await page.getByText('Dark', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Photo variations' }).fill('4');
  await page.getByRole('combobox', { name: 'Output format' }).click();
  await page.getByRole('option', { name: 'PNG' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(page.getByRole('textbox', { name: 'Photo variations' })).toHaveValue('4');
  await page.goto('/slideshows');
  await expect(page.getByRole('textbox', { name: 'Photo variations' })).toHaveValue('4');
  await expect(page.getByRole('combobox', { name: 'Output' })).toHaveValue('PNG');
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Back to the defaults' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
});
