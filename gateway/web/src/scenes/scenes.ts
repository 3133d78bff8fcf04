import type { SceneJob, SceneRow } from '../api/types';
import type { Source } from '../pipeline/draft';

export const MAX_ROWS = 10;
export const MAX_REFERENCES = 4;
const MAX_LINES = 500;

/** One line of the status log; nothing is ever changed in it or taken out before there are 500. */
export interface LogLine {
  at: number;
  job: string;
  scene: string;
  status: string;
  message: string;
}

/** A dry run's answer, with the rows it priced. */
export interface DryRun {
  rows: string;
  hash: string;
  images: number;
  cost: SceneJob['cost'];
  expiresAt: string;
  /** The live run's Idempotency-Key: asked twice, or again after a lost answer, it makes one batch. */
  key: string;
}

/** What has been entered and begun; kept in the browser. */
export interface ScenesDraft {
  mode: 'single' | 'batch';
  sceneId: string;
  prompt: string;
  variants: number;
  text: string;
  references: Source[];
  dryRun: DryRun | null;
  job: string | null;
  clips: string | null;
  log: LogLine[];
}

export const EMPTY: ScenesDraft = {
  mode: 'batch',
  sceneId: '',
  prompt: '',
  variants: 2,
  text: '',
  references: [],
  dryRun: null,
  job: null,
  clips: null,
  log: [],
};

/** Rows as they are sent; two equal texts of this are the same rows. */
export function rowsOf(rows: SceneRow[], references: Source[]): SceneRow[] {
  const urls = references.map((reference) => reference.url);
  return rows.map(({ scene_id, prompt, variants }) => ({
    scene_id,
    prompt,
    variants,
    ...(urls.length > 0 ? { reference_images: urls } : {}),
  }));
}

/** Why the live run is not to be had, in words, or null where it is. */
export function liveRefusal(rows: string, dryRun: DryRun | null, now: number): string | null {
  if (dryRun === null) return 'Live is off until a dry run has priced these rows.';
  if (dryRun.rows !== rows) return 'Live is off: the rows were changed after the dry run. Run it again.';
  if (Date.parse(dryRun.expiresAt) <= now)
    return 'Live is off: the dry run is older than a day. Run it again.';
  return null;
}

export const withLines = (log: LogLine[], lines: LogLine[]) => [...log, ...lines].slice(-MAX_LINES);

/** Whether what was typed is exactly the number of clips. */
export const confirms = (typed: string, clips: number) => clips > 0 && typed.trim() === String(clips);
