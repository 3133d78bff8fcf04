import type { PipelineRequest, UploadedImage } from '../api/types';

export const MAX_IMAGES = 10;
export const MAX_PROMPTS = 10;
export const MAX_PER_PROMPT = 10;

export interface Source extends UploadedImage {
  name: string;
}

/** What has been entered so far; kept in the browser until it is submitted. */
export interface Draft {
  name: string;
  sources: Source[];
  makeImages: boolean;
  imagePrompts: string;
  imageModel: string | null;
  perPrompt: number;
  makeVideos: boolean;
  videoPrompts: string;
  videoModel: string | null;
  resolution: string | null;
  durationSec: number;
  approval: boolean;
  reuse: boolean;
  maxCost: number | null;
}

/** The prompts of a text, one a line; empty lines are none. */
export const promptsOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 0);

/** How many images and videos the draft makes, whether or not it is complete. */
export function product(draft: Draft) {
  const sources = draft.sources.length;
  const imagePrompts = draft.makeImages ? promptsOf(draft.imagePrompts).length : 0;
  const perPrompt = draft.makeImages ? draft.perPrompt : 0;
  const videoPrompts = draft.makeVideos ? promptsOf(draft.videoPrompts).length : 0;
  const images = sources * imagePrompts * perPrompt;
  const videos = (draft.makeImages ? images : sources) * videoPrompts;
  return { sources, imagePrompts, perPrompt, videoPrompts, images, videos };
}

/** What is still missing, in words, or null when the draft can be priced. */
export function missing(draft: Draft): string | null {
  if (draft.sources.length === 0) return 'Add at least one photograph.';
  if (!draft.makeImages && !draft.makeVideos) return 'Make images, videos or both.';
  const images = promptsOf(draft.imagePrompts).length;
  const videos = promptsOf(draft.videoPrompts).length;
  if (draft.makeImages && images === 0) return 'Write at least one image prompt.';
  if (draft.makeImages && images > MAX_PROMPTS)
    return `At most ${MAX_PROMPTS} image prompts; there are ${images}.`;
  if (draft.makeVideos && videos === 0) return 'Write at least one motion prompt.';
  if (draft.makeVideos && videos > MAX_PROMPTS)
    return `At most ${MAX_PROMPTS} motion prompts; there are ${videos}.`;
  if (draft.name.trim() === '') return 'Give the batch a name.';
  return null;
}

export function requestOf(draft: Draft): PipelineRequest {
  return {
    name: draft.name.trim(),
    source_images: draft.sources.map((source) => source.url),
    i2i_config: draft.makeImages
      ? {
          enabled: true,
          prompts: promptsOf(draft.imagePrompts),
          ...(draft.imageModel ? { model: draft.imageModel } : {}),
          images_per_prompt: draft.perPrompt,
        }
      : { enabled: false },
    ...(draft.makeVideos
      ? {
          i2v_config: {
            prompts: promptsOf(draft.videoPrompts),
            model: draft.videoModel ?? '',
            resolution: draft.resolution ?? '',
            duration_sec: draft.durationSec,
          },
        }
      : {}),
    ...(draft.approval && draft.makeImages && draft.makeVideos ? { approval: true } : {}),
    ...(draft.reuse ? { reuse: true } : {}),
    ...(draft.maxCost === null ? {} : { max_cost: draft.maxCost }),
  };
}

/** The length that a model with fixed lengths has and that is nearest to what was asked for. */
export function fitted(seconds: number, fixed: number[] | undefined): number {
  if (!fixed || fixed.length === 0) return seconds;
  return fixed.reduce((best, each) => (Math.abs(each - seconds) < Math.abs(best - seconds) ? each : best));
}
