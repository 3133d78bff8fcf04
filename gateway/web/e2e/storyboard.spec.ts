import { accessible, batch, ended, expect, fits, inBothThemes, test } from './kombine';

test('sentences become speech, images and videos; what changes is made anew', async ({ page, request }) => {
  await page.goto('/storyboards');
  await page.getByLabel('Name', { exact: true }).fill('Lighthouse e2e');
  await page.getByRole('combobox', { name: 'Resolution' }).click();
  await page.getByRole('option', { name: '480p' }).click();
  await page.getByRole('textbox', { name: 'Seconds' }).fill('1');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lighthouse e2e' })).toBeVisible();
  const id = page.url().split('/').at(-1) ?? '';
  await page.getByRole('button', { name: 'Add sentences' }).first().click();
  await page
    .getByRole('textbox', { name: 'Sentences' })
    .fill(
      'The keeper climbs the stairs. | a lighthouse at dusk\nThe lamp turns. | a lamp in fog\nThe sea is calm.',
    );
  await page.getByRole('button', { name: 'Add 3 sentences' }).click();
  const sentences = page.getByRole('list', { name: 'Sentences' }).getByRole('listitem');
  await expect(sentences).toHaveCount(3);

  // a sentence without an image prompt is named beside its field
  await page.getByRole('button', { name: /^Generate/ }).click();
  await expect(page.getByRole('menuitem', { name: /^Everything/ })).toContainText('9');
  await page.getByRole('menuitem', { name: /^Everything/ }).click();
  await expect(sentences.nth(2).getByText(/prompt|required/i)).toBeVisible();
  await accessible(page, 'a storyboard that lacks a prompt');
  await page.getByLabel('Image prompt of sentence 3').fill('a calm sea');
  await page.getByLabel('Image prompt of sentence 3').blur();
  const kept = () =>
    request
      .get(`/api/v1/projects/${id}`)
      .then((r) => r.json() as Promise<{ sentences: { imagePrompt?: string }[] }>);
  await expect.poll(async () => (await kept()).sentences[2]?.imagePrompt).toBe('a calm sea');

  const begun = page.waitForResponse((r) => r.url().endsWith('/generate-all') && r.status() === 202);
  await page.getByRole('button', { name: /^Generate/ }).click();
  await page.getByRole('menuitem', { name: /^Everything/ }).click();
  const { batchId } = (await (await begun).json()) as { batchId: string };
  await expect(page.getByTestId('stage-progress')).toHaveText(/^Generating/, { timeout: 30_000 });
  const done = await ended(request, batchId, 180_000);
  expect(done.counts).toMatchObject({ total: 9, succeeded: 9 });
  for (let i = 0; i < 3; i++) {
    await expect(sentences.nth(i).locator('[data-asset="clean"]')).toHaveCount(3);
    await expect(sentences.nth(i).locator('audio')).toBeVisible();
    await expect(sentences.nth(i).locator('video')).toBeVisible();
  }
  await page.getByRole('button', { name: /^Generate/ }).click();
  await expect(page.getByRole('menuitem', { name: /^Everything/ })).toContainText('up to date');
  await page.keyboard.press('Escape');

  // an image prompt that changes makes its image and its video out of date
  await page.getByLabel('Image prompt of sentence 1').fill('a lighthouse at noon');
  await page.getByLabel('Image prompt of sentence 1').blur();
  await expect(sentences.first().locator('[data-asset="dirty"]')).toHaveCount(2);
  await page.getByRole('button', { name: 'Generate (2)' }).click();
  await page.getByRole('menuitem', { name: /^Images/ }).click();
  await expect(sentences.first().locator('[data-asset="dirty"]')).toHaveCount(1, { timeout: 120_000 });

  await page.getByRole('button', { name: 'More for sentence 3' }).click();
  await page.getByRole('menuitem', { name: 'Move up' }).click();
  await expect(page.getByLabel('Text of sentence 2')).toHaveValue('The sea is calm.');

  await inBothThemes(page, async (theme) => {
    await accessible(page, `a storyboard, ${theme}`);
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, 'a storyboard');
  expect((await batch(request, batchId)).status).toBe('COMPLETED');
});

test('a generation is cancelled, and the page says what that means', async ({ page, request }) => {
  const sentences = Array.from({ length: 12 }, (_, i) => ({
    text: `Sentence number ${i + 1} of a long story that is told.`,
    imagePrompt: `picture ${i + 1} of ${Date.now()}`,
  }));
  const answer = await request.post('/api/v1/projects', {
    data: { name: 'Cancelled e2e', resolution: '480p', durationSec: 3, sentences },
  });
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`/storyboards/${id}`);
  await page.getByRole('button', { name: /^Generate/ }).click();
  await page.getByRole('menuitem', { name: /^Everything/ }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('will not run and cost nothing');
  await page.getByRole('button', { name: 'Cancel the generation' }).click();
  await expect(page.getByRole('button', { name: /^Generate/ })).toBeVisible({ timeout: 120_000 });
});
