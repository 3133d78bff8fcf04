import { useStored } from '../ui/useStored';

/** What a person prefers; kept in the browser across sessions, and the same in all of its tabs. */
export interface Settings {
  imageModel: string | null;
  videoModel: string | null;
  resolution: string | null;
  durationSec: number;
  approval: boolean;
  reuse: boolean;
  /** The variant of source images that a new variants job begins with. */
  variant: string | null;
  sceneVariants: number;
  voice: string | null;
  audioModel: string | null;
  storyboardSeconds: number;
  skipClean: boolean;
  outputFormat: 'jpeg' | 'png';
  jpegQuality: number;
  photoVariations: number;
  textVariations: number;
}

export const DEFAULTS: Settings = {
  imageModel: null,
  videoModel: null,
  resolution: null,
  durationSec: 5,
  approval: false,
  reuse: false,
  variant: null,
  sceneVariants: 2,
  voice: null,
  audioModel: null,
  storyboardSeconds: 5,
  skipClean: true,
  outputFormat: 'jpeg',
  jpegQuality: 90,
  photoVariations: 3,
  textVariations: 2,
};

export const useSettings = () => useStored<Settings>('kombine.settings', DEFAULTS);
