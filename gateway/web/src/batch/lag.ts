import type { Step, StepChange, StepState } from '../api/types';

const ENDS: ReadonlySet<StepState> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED']);

/**
 * Whether what was read of a step is older than what the stream has told of it: the stream comes from the events
 * themselves, the details from a database that applies them a moment later.
 */
export const lags = (read: Step, live: StepChange | undefined) =>
  live !== undefined &&
  (live.epoch > read.epoch ||
    (live.epoch === read.epoch && live.state !== read.state && !ENDS.has(read.state)));
