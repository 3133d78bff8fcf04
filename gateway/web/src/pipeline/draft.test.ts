import { describe, expect, it } from 'vitest';
import { type Draft, missing, product, promptsOf, requestOf, type Source } from './draft';

const source = (n: number): Source => ({
  artifact_id: `a${n}`,
  url: `/api/artifacts/a${n}`,
  media_type: 'image/jpeg',
  width_px: 1,
  height_px: 1,
  bytes: 1,
  sha256: 'x',
  name: `${n}.jpg`,
});

const draft: Draft = {
  name: 'Autumn',
  sources: [source(1), source(2), source(3)],
  makeImages: true,
  imagePrompts: 'in the snow\n\n  on a beach  ',
  imageModel: 'local-image',
  perPrompt: 1,
  makeVideos: true,
  videoPrompts: 'zoom in\npan left',
  videoModel: 'local-video',
  resolution: '720p',
  durationSec: 2,
  approval: false,
  reuse: false,
  maxCost: null,
};

describe('a draft', () => {
  it('takes each line that holds something as a prompt', () => {
    expect(promptsOf(draft.imagePrompts)).toEqual(['in the snow', 'on a beach']);
  });

  it('multiplies 3 × 2 × 2 to 6 images and 12 videos', () => {
    expect(product(draft)).toMatchObject({ images: 6, videos: 12 });
  });

  it('makes videos straight of the photographs where no images are made', () => {
    expect(product({ ...draft, makeImages: false })).toMatchObject({ images: 0, videos: 6 });
    expect(requestOf({ ...draft, makeImages: false }).i2i_config).toEqual({ enabled: false });
  });

  it('says what is missing, and nothing once it can be priced', () => {
    expect(missing(draft)).toBeNull();
    expect(missing({ ...draft, sources: [] })).toMatch('photograph');
    expect(missing({ ...draft, imagePrompts: ' \n' })).toMatch('image prompt');
    expect(missing({ ...draft, videoPrompts: 'x\n'.repeat(11) })).toMatch(
      'At most 10 motion prompts; there are 11',
    );
    expect(missing({ ...draft, name: ' ' })).toMatch('name');
  });

  it('asks for approval only where images become videos', () => {
    expect(requestOf({ ...draft, approval: true }).approval).toBe(true);
    expect(requestOf({ ...draft, approval: true, makeVideos: false })).not.toHaveProperty('approval');
  });
});
