import type { BatchKind, BatchStatus, StepKind, StepState } from '../api/types';

/** The words people read for the API's. */
export const KIND_WORDS: Record<BatchKind, string> = {
  pipeline: 'Bulk pipeline',
  variant: 'Variants',
  scenes: 'Scenes',
  storyboard: 'Storyboard',
  slideshow: 'Slideshow',
};

export const STAGE_WORDS: Record<StepKind, string> = {
  analysis: 'Analysis',
  i2i: 'Images',
  audio: 'Voice',
  i2v: 'Videos',
};

/** One step of a stage. */
export const STEP_WORDS: Record<StepKind, string> = {
  analysis: 'Analysis',
  i2i: 'Image',
  audio: 'Voice',
  i2v: 'Video',
};

export const STATUS_WORDS: Record<BatchStatus, string> = {
  PLANNING: 'Planning',
  QUEUED: 'Queued',
  RUNNING: 'Running',
  PAUSED: 'Paused',
  WAITING_FOR_DECISION: 'Waiting for you',
  CANCELLING: 'Cancelling',
  COMPLETED: 'Completed',
  COMPLETED_WITH_FAILURES: 'Completed with failures',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
};

export const STATE_WORDS: Record<StepState, string> = {
  WAITING: 'Waiting',
  AWAITING_APPROVAL: 'Needs approval',
  READY: 'Ready',
  QUEUED: 'Queued',
  RUNNING: 'Running',
  RETRY_WAIT: 'Will retry',
  UNKNOWN: 'Needs a decision',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
  SKIPPED: 'Skipped',
};

/** What a cancel has meant for a step. */
export const STOPPED_WORDS = {
  'stopped-free': 'stopped before it cost anything',
  'stopped-charged': 'stopped, and billed all the same',
  'finished-kept': 'finished and kept',
  'charge-unknown': 'stopped; nobody can tell whether it was billed',
} as const;

const TERMINAL: ReadonlySet<BatchStatus> = new Set([
  'COMPLETED',
  'COMPLETED_WITH_FAILURES',
  'FAILED',
  'CANCELLED',
]);

export const isTerminal = (status: BatchStatus) => TERMINAL.has(status);
