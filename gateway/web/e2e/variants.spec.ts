import { readFileSync } from 'node:fs';
import { accessible, expect, fits, inBothThemes, photo, test, uploaded } from './kombine';

const run = Date.now().toString(36).toUpperCase().slice(-6).padStart(6, '0');
const asin = (n: number) => `E2${run}${String(n).padStart(2, '0')}`;

test('products are imported, selected, reviewed and given new images', async ({ page, request }) => {
  const [coffee, cat] = await uploaded(request, [
    { name: 'coffee.png', buffer: readFileSync(photo('coffee.png')) },
    { name: 'chelsea.png', buffer: readFileSync(photo('chelsea.png')) },
  ]);
  await page.goto('/variants');
  await page.getByLabel('File of products').setInputFiles({
    name: 'products.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `asin,title,MAIN,PT01\n${asin(1)},Red mug ${run},${coffee},\n${asin(2)},"Cat, large ${run}",${cat},${cat}\n${asin(3)},Plain ${run},,${coffee}\n${asin(4)},,,\n`,
    ),
  });
  const result = page.getByRole('dialog');
  await expect(result).toContainText('3 products imported, 1 line left out');
  await expect(result).toContainText('Line 5: title is required');
  await accessible(page, 'what became of an import');
  await page.keyboard.press('Escape');

  await page.getByLabel('Search products').fill(run);
  const products = page.getByRole('list', { name: 'Products' }).getByRole('listitem');
  await expect(products).toHaveCount(3);
  await page.getByLabel('All 3 products shown').check();
  await expect(page.getByText('3 products selected')).toBeVisible();
  await page.getByRole('button', { name: 'None' }).click();
  await expect(page.getByText('0 products selected')).toBeVisible();
  await page.getByLabel('All 3 products shown').check();
  await page.getByRole('combobox', { name: 'Variant of the source images' }).click();
  await page.getByRole('option', { name: /^MAIN \(/ }).click();
  await expect(page.getByText('1 product without MAIN')).toBeVisible();

  await page.getByRole('button', { name: 'Add a new image type' }).click();
  await page.getByLabel('Name', { exact: true }).fill(`Lifestyle ${run}`);
  await page.getByRole('dialog').getByLabel('Prompt').fill('{{titel}} on a table');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog').getByText(/titel/).last()).toBeVisible();
  await page.getByRole('dialog').getByLabel('Prompt').fill('{{title}} on a breakfast table');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('combobox', { name: 'Image type' })).toHaveValue(`Lifestyle ${run}`);
  await expect(page.getByTestId('previews')).toContainText(`Red mug ${run} on a breakfast table`);
  await page.getByText('My own').click();
  await page.getByLabel('Prompt', { exact: true }).fill('{{imageType}}: {{title}} by a window');
  await expect(page.getByTestId('previews')).toContainText(`Lifestyle ${run}: Red mug ${run} by a window`);
  await page.getByText('Type’s prompt').click();
  await accessible(page, 'a variants job that is filled in');

  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByRole('dialog')).toContainText('2 images of type');
  await accessible(page, 'the review');
  await page.getByRole('button', { name: 'Generate 2 images' }).click();
  await expect(page).toHaveURL(/\/variants\/jobs\//, { timeout: 120_000 });
  const id = page.url().split('/').at(-1) ?? '';
  await expect(page.locator('[data-status="COMPLETED"]')).toBeVisible({ timeout: 240_000 });
  const job = (await (await request.get(`/api/jobs/${id}`)).json()) as {
    totalImages: number;
    completedImages: number;
    productsPassedOver: unknown[];
  };
  expect(job).toMatchObject({ totalImages: 2, completedImages: 2 });
  await expect(page.locator('[data-figure="Images"]')).toHaveText('2');
  await expect(page.locator('[data-figure="Completed"]')).toHaveText('2');
  await expect(page.getByText('1 product passed over')).toBeVisible();
  await expect(page.getByRole('link', { name: `Plain ${run}` })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Open / })).toHaveCount(2);
  await inBothThemes(page, async (theme) => {
    await accessible(page, `a variants job, ${theme}`);
  });

  // the product's own page: what it came with and what was made of it
  await page.goto('/variants');
  await page.getByLabel('Search products').fill(`Red mug ${run}`);
  await page.getByRole('link', { name: `Red mug ${run}` }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Red mug ${run}` })).toBeVisible();
  await expect(page.getByText(/\d+ × \d+ px/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Generated' }).locator('img')).toHaveCount(1);
  await page.getByLabel('Variant', { exact: true }).fill('PT02');
  await page.getByLabel('Source image', { exact: true }).setInputFiles(photo('astronaut.png'));
  await expect(page.getByRole('region', { name: 'Source images' }).getByRole('listitem')).toHaveCount(2);
  await page.getByLabel('Address').fill('ftp://nowhere');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText(/address|http/i).last()).toBeVisible();
  await accessible(page, 'a product');
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, 'a product');
});
