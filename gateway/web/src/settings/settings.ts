import { useLocalStorage } from '@mantine/hooks';

/** What a person prefers; kept in the browser across sessions, and the same in all of its tabs. */
export interface Settings {
  imageModel: string | null;
  videoModel: string | null;
  resolution: string | null;
  durationSec: number;
  approval: boolean;
  reuse: boolean;
}

export const DEFAULTS: Settings = {
  imageModel: null,
  videoModel: null,
  resolution: null,
  durationSec: 5,
  approval: false,
  reuse: false,
};

export function useSettings() {
  return useLocalStorage<Settings>({
    key: 'kombine.settings',
    defaultValue: DEFAULTS,
    getInitialValueInEffect: false,
    deserialize: (text) => ({ ...DEFAULTS, ...(text ? (JSON.parse(text) as Partial<Settings>) : {}) }),
  });
}
