import { accessible, expect, fits, inBothThemes, moneyOf, photo, test } from './kombine';

test('rows are corrected, priced, made, approved and become clips', async ({ page, request }) => {
  await page.goto('/scenes');
  const rows = page.getByLabel('Rows', { exact: true });
  const live = page.getByRole('button', { name: /^Make live/ });
  await rows.fill('SCENE-001 | Modern kitchen with morning light | 2\nSCENE-002 | Cozy living room | 4');
  await expect(
    page.getByRole('button', { name: /^Line 2: variants must be a whole number from 1 to 3/ }),
  ).toBeVisible();
  await expect(page.getByText('Correct line 2 first.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Dry run' })).toBeDisabled();
  await expect(live).toBeDisabled();
  await accessible(page, 'rows with an error');

  await rows.fill('SCENE-001 | Modern kitchen with morning light | 2\nSCENE-002 | Cozy living room | 1');
  await page.getByTestId('files').setInputFiles(photo('coffee.png'));
  await expect(page.getByText('1 of 4')).toBeVisible();
  await expect(page.getByText('Live is off until a dry run has priced these rows.')).toBeVisible();
  const answer = page.waitForResponse((r) => r.url().endsWith('/batch/images') && r.ok());
  await page.getByRole('button', { name: 'Dry run' }).click();
  const dryRun = (await (await answer).json()) as { batch_job: { cost: { total: number } } };
  await expect(page.getByTestId('dry-run-cost')).toHaveText(moneyOf(dryRun.batch_job.cost.total));
  await expect(live).toBeEnabled();

  // an edit takes live away, and says why
  await rows.fill('SCENE-001 | Modern kitchen with evening light | 2\nSCENE-002 | Cozy living room | 1');
  await expect(page.getByText('the rows were changed after the dry run')).toBeVisible();
  await expect(live).toBeDisabled();
  await page.getByRole('button', { name: 'Dry run' }).click();
  await expect(live).toBeEnabled();
  const accepted = page.waitForResponse((r) => r.url().endsWith('/batch/images') && r.status() === 202);
  await live.click();
  const job = ((await (await accepted).json()) as { batch_job: { id: string } }).batch_job.id;

  // one image of each scene is approved by a click on it; another click takes another one
  const first = page.getByRole('radio', { name: 'SCENE-001, variant 1' });
  const second = page.getByRole('radio', { name: 'SCENE-001, variant 2' });
  await expect(second).toBeVisible({ timeout: 120_000 });
  await expect(first).toBeVisible();
  await first.click();
  await expect(first).toHaveAttribute('aria-checked', 'true');
  await second.click();
  await expect(second).toHaveAttribute('aria-checked', 'true');
  await expect(first).toHaveAttribute('aria-checked', 'false');
  await page.getByRole('radio', { name: 'SCENE-002, variant 1' }).click();
  const approvals = async () =>
    ((await (await request.get(`/batch/jobs/${job}/approvals`)).json()) as { approvals: unknown[] })
      .approvals;
  await expect.poll(async () => (await approvals()).length).toBe(2);
  await accessible(page, 'scenes with approved images');

  // the exact number of clips, or nothing
  const make = page.getByRole('button', { name: 'Make 2 clips' });
  await expect(make).toBeDisabled();
  await page.getByLabel('Type 2 to confirm 2 clips').fill('3');
  await expect(make).toBeDisabled();
  await page.getByLabel('Type 2 to confirm 2 clips').fill('2');
  await page.getByLabel('Motion of SCENE-001').fill('slow zoom in');
  await make.click();
  const clips = page.getByRole('region', { name: 'Clips that were made' });
  await expect(clips.getByLabel('Clip of SCENE-001')).toBeVisible({ timeout: 240_000 });
  await expect(clips.getByLabel('Clip of SCENE-002')).toBeVisible({ timeout: 240_000 });
  await expect(clips.locator('[data-status="COMPLETED"]')).toBeVisible({ timeout: 30_000 });

  const log = page.getByLabel('Lines of the status log');
  for (const words of ['Dry run', 'Live', 'Variant 2 approved', 'Succeeded'])
    await expect(log).toContainText(words);
  await page.reload();
  await expect(page.getByLabel('Lines of the status log')).toContainText('Variant 2 approved');
  await expect(page.getByRole('radio', { name: 'SCENE-001, variant 2' })).toHaveAttribute(
    'aria-checked',
    'true',
  );
  await inBothThemes(page, async (theme) => {
    await accessible(page, `scenes, ${theme}`);
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, 'scenes');
});

test('a single scene is priced like a batch of one', async ({ page }) => {
  await page.goto('/scenes');
  await page.getByText('Single', { exact: true }).click();
  await page.getByLabel('Scene', { exact: true }).fill('SCENE-009');
  await page.getByLabel('Prompt').fill('An attic in the rain');
  await page.getByRole('textbox', { name: 'Variants' }).fill('3');
  await page.getByRole('button', { name: 'Dry run' }).click();
  await expect(page.getByText('3 images', { exact: true })).toBeVisible();
  await expect(page.getByTestId('dry-run-cost')).toHaveText(/\$.+ USD/);
});
