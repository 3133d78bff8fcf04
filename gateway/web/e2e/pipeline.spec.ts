import {
  accessible,
  batch,
  ended,
  expect,
  fits,
  inBothThemes,
  moneyOf,
  PHOTOS,
  paste,
  tabTo,
  taken,
  test,
} from './kombine';

test('photographs × prompts × motions, priced, made and looked at', async ({ page, request }) => {
  await page.goto('/pipeline');
  const generate = page.getByRole('button', { name: /^Generate/ });
  await expect(generate).toBeDisabled();
  await page.getByTestId('files').setInputFiles(PHOTOS);
  const photographs = page.getByRole('list', { name: 'Photographs' }).getByRole('listitem');
  await expect(photographs).toHaveCount(3);
  await expect(page.getByText('3 of 10')).toBeVisible();

  // another order, one less, and back by pasting
  await expect(photographs.first().locator('img')).toHaveAttribute('alt', 'astronaut.png');
  await photographs.first().hover();
  await page.getByRole('button', { name: 'Move astronaut.png right' }).click();
  await expect(photographs.first().locator('img')).toHaveAttribute('alt', 'chelsea.png');
  await page.getByRole('button', { name: 'Remove coffee.png' }).click();
  await expect(photographs).toHaveCount(2);
  await paste(page, PHOTOS.slice(2));
  await expect(photographs).toHaveCount(3);
  await expect(photographs.nth(2).locator('img')).toHaveAttribute('alt', 'coffee.png');
  await photographs.nth(2).dragTo(photographs.first());
  await expect(photographs.first().locator('img')).toHaveAttribute('alt', 'coffee.png');

  await page.getByLabel('Image prompts').fill('at sunset, warm light\n\na watercolor painting');
  await page.getByLabel('Motion prompts').fill('slow zoom in\npan left');
  await page.getByRole('textbox', { name: 'Seconds' }).fill('1');
  await page.getByRole('combobox', { name: 'Resolution' }).click();
  await page.getByRole('option', { name: '480p' }).click();
  await expect(page.getByText('6 images', { exact: true })).toBeVisible();
  await expect(page.getByText('12 videos', { exact: true })).toBeVisible();
  await expect(page.getByText('Give the batch a name.')).toBeVisible();
  await expect(generate).toBeDisabled();
  const quoted = page.waitForResponse((answer) => answer.url().endsWith('/bulk/estimate') && answer.ok());
  await page.getByLabel('Name', { exact: true }).fill('Campaign e2e');
  const estimate = (await (await quoted).json()) as { cost: { total: number } };
  await expect(page.getByTestId('total')).toHaveText(moneyOf(estimate.cost.total));
  await page.getByRole('button', { name: /Images \$/ }).click();
  await expect(page.getByText('6 calls of local-image')).toBeVisible();
  await accessible(page, 'a pipeline that is filled in');

  await page.reload();
  await expect(photographs).toHaveCount(3);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Campaign e2e');

  await expect(generate).toBeEnabled();
  await generate.click();
  await expect(page).toHaveURL(/\/batches\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1) ?? '';
  await expect(page.getByRole('heading', { level: 1, name: 'Campaign e2e' })).toBeVisible();
  const done = await ended(request, id);
  expect(done.status).toBe('COMPLETED');
  expect(done.counts.succeeded).toBe(18);
  await expect(page.locator('[data-status="COMPLETED"]')).toBeVisible();
  await expect(page.getByText('18 of 18 steps ended')).toBeVisible();
  await expect(page.getByText(moneyOf(done.cost.spent)).first()).toBeVisible();
  await expect(page.getByText('6 of 6 done')).toBeVisible();
  await expect(page.getByText('12 of 12 done')).toBeVisible();

  // by source, each image with the videos made of it, large at a click
  const group = page.getByRole('region', { name: /^Photograph 1: / });
  await expect(group.getByRole('button', { name: /^Open / })).toHaveCount(6);
  await group
    .getByRole('button', { name: /^Open Image/ })
    .first()
    .click();
  const large = page.getByRole('dialog');
  await expect(large.locator('img')).toBeVisible();
  await expect(large.getByText(/^1 of 6/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(large.getByText(/^2 of 6/)).toBeVisible();
  const video = large.locator('video');
  await expect(video).toBeVisible();
  await expect.poll(() => video.evaluate((v: HTMLVideoElement) => v.readyState)).toBeGreaterThan(0);
  await accessible(page, 'a result large');
  await page.keyboard.press('Escape');

  expect(await taken(page, group.getByRole('link', { name: 'Download group' }))).toBe('PK');
  expect(await taken(page, page.getByRole('link', { name: 'Download all' }))).toBe('PK');

  await page.getByRole('tab', { name: 'Steps' }).click();
  await expect(page.getByText('18 of 18', { exact: true })).toBeVisible();
  await page
    .getByRole('button', { name: /^Video / })
    .first()
    .click();
  await expect(page.getByRole('dialog').getByText(/Made from/)).toBeVisible();
  await accessible(page, 'a step');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Activity' }).click();
  await expect(page.getByRole('tabpanel')).not.toBeEmpty();

  await inBothThemes(page, async (theme) => {
    await page.goto(`/batches/${id}`);
    await expect(group.getByRole('button', { name: /^Open / }).first()).toBeVisible();
    await accessible(page, `a batch, ${theme}`);
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, 'a batch');
  await page.goto('/batches?name=Campaign+e2e');
  const row = page.getByRole('link', { name: /Campaign e2e/ }).first();
  await expect(row).toContainText('18 of 18 steps');
  await expect(row).toContainText(moneyOf((await batch(request, id)).cost.spent));
  await accessible(page, 'the list with batches at 390 px');
  await fits(page, 'the list with batches');
});

test('prompts are rewritten together, and can be put back', async ({ page }) => {
  await page.goto('/pipeline');
  await page.getByLabel('Image prompts').fill('a red mug\na blue mug');
  await page.getByRole('button', { name: 'Enhance all' }).first().click();
  await expect(page.getByLabel('Image prompts')).not.toHaveValue('a red mug\na blue mug');
  expect((await page.getByLabel('Image prompts').inputValue()).split('\n')).toHaveLength(2);
  await page.getByRole('button', { name: 'Put mine back' }).click();
  await expect(page.getByLabel('Image prompts')).toHaveValue('a red mug\na blue mug');
});

test('a file that is no photograph is refused in words', async ({ page }) => {
  await page.goto('/pipeline');
  await page.getByTestId('files').setInputFiles({
    name: 'broken.png',
    mimeType: 'image/png',
    buffer: Buffer.from('this is no picture'),
  });
  await expect(page.getByRole('list', { name: 'Photographs' }).getByRole('alert')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('list', { name: 'Photographs' }).getByRole('listitem')).toHaveCount(0);
});

test('a pipeline is filled in, run and cancelled without a pointer', async ({ page, request }) => {
  // why so early: it takes the browser a moment to hand its file dialog over
  const chooser = page.waitForEvent('filechooser');
  await page.goto('/pipeline');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await page.keyboard.press('Enter');
  const choose = page.getByRole('button', { name: 'Choose files: Photographs' });
  await tabTo(page, choose);
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(PHOTOS.slice(0, 2));
  const photographs = page.getByRole('list', { name: 'Photographs' }).getByRole('listitem');
  await expect(photographs).toHaveCount(2);
  await tabTo(page, page.getByRole('button', { name: 'Move astronaut.png right' }));
  await page.keyboard.press('Enter');
  await expect(photographs.first().locator('img')).toHaveAttribute('alt', 'chelsea.png');
  await tabTo(page, page.getByLabel('Image prompts'));
  for (const prompt of ['in heavy snow', 'at night', 'in oil']) {
    await page.keyboard.type(prompt);
    await page.keyboard.press('Enter');
  }
  await tabTo(page, page.getByRole('combobox', { name: 'Model' }).first());
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'local-image' }).waitFor();
  await page.keyboard.press('Escape');
  await tabTo(page, page.getByLabel('Motion prompts'));
  await page.keyboard.type('pan left');
  await page.keyboard.press('Enter');
  await page.keyboard.type('zoom in');
  await tabTo(page, page.getByRole('textbox', { name: 'Seconds' }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('3');
  await tabTo(page, page.getByLabel('Name', { exact: true }));
  await page.keyboard.type('Keyboard e2e');
  const generate = page.getByRole('button', { name: /^Generate for/ });
  await expect(generate).toBeEnabled({ timeout: 30_000 });
  await tabTo(page, generate);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/batches\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1) ?? '';
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true });
  await expect(cancel).toBeVisible();
  await tabTo(page, cancel);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('stay and are delivered');
  await tabTo(page, dialog.getByRole('button', { name: 'Cancel the batch' }));
  await page.keyboard.press('Enter');
  expect((await ended(request, id)).status).toBe('CANCELLED');
});
