import type { Step, StepKind, StepState } from '../api/types';
import type { Activity } from '../live/batchFeed';

/** One line of a batch's log. */
export interface LogLine {
  at: number;
  ordinal: number;
  kind: StepKind;
  group: number;
  epoch: number;
  state: StepState;
  prompt?: string;
}

const MAX_LINES = 500;

/**
 * What has happened, the newest first: what was seen since the page was opened, and before that what the steps
 * themselves say of their latest admission.
 */
export function logOf(steps: readonly Step[], live: readonly Activity[], kind: StepKind | null): LogLine[] {
  const lines = new Map<string, LogLine>();
  const add = (line: LogLine) => lines.set(`${line.ordinal} ${line.epoch} ${line.state}`, line);
  for (const step of steps) {
    const { ordinal, epoch, state } = step;
    const about = { ordinal, epoch, kind: step.kind, group: step.group_index, prompt: step.prompt };
    if (step.queued_at) add({ ...about, state: 'QUEUED', at: Date.parse(step.queued_at) });
    if (step.started_at) add({ ...about, state: 'RUNNING', at: Date.parse(step.started_at) });
    if (step.finished_at) add({ ...about, state, at: Date.parse(step.finished_at) });
  }
  // why after: what was seen live has also the states that a step no longer tells of
  for (const { at, step } of live) {
    const before = lines.get(`${step.ordinal} ${step.epoch} ${step.state}`);
    add({ ...before, ...step, at: before?.at ?? at });
  }
  return [...lines.values()]
    .filter((line) => kind === null || line.kind === kind)
    .sort((a, b) => b.at - a.at || b.ordinal - a.ordinal)
    .slice(0, MAX_LINES);
}
