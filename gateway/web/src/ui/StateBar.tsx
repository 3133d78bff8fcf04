import { Tooltip } from '@mantine/core';
import type { Counts, StepState } from '../api/types';
import { STATE_COLORS } from './StatusBadge';
import { STATE_WORDS } from './words';

const ORDER: [StepState, keyof Counts][] = [
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
  ['UNKNOWN', 'unknown'],
  ['AWAITING_APPROVAL', 'awaiting_approval'],
  ['CANCELLED', 'cancelled'],
  ['SKIPPED', 'skipped'],
  ['RUNNING', 'running'],
  ['RETRY_WAIT', 'retry_wait'],
  ['QUEUED', 'queued'],
  ['READY', 'ready'],
];

/** A batch's steps by state in one bar; its words are the label that screen readers and pointers get. */
export function StateBar({ counts, height = 8 }: { counts: Counts; height?: number }) {
  const parts = ORDER.map(([state, key]) => ({ state, n: counts[key] })).filter((part) => part.n > 0);
  const rest = counts.total - parts.reduce((sum, part) => sum + part.n, 0);
  const words = [
    ...parts.map((part) => `${part.n} ${STATE_WORDS[part.state].toLowerCase()}`),
    ...(rest > 0 ? [`${rest} waiting`] : []),
  ].join(', ');
  return (
    <Tooltip label={words} multiline maw={320}>
      <div className="statebar" style={{ height }} role="img" aria-label={words}>
        {parts.map((part) => (
          <span key={part.state} style={{ flexGrow: part.n, background: STATE_COLORS[part.state] }} />
        ))}
        {rest > 0 && <span style={{ flexGrow: rest }} />}
      </div>
    </Tooltip>
  );
}

/** How many steps have ended, whichever way. */
export const ended = (c: Counts) => c.succeeded + c.failed + c.cancelled + c.skipped;

/** The share of steps that have ended, in whole percent, 100 only when all have. */
export const percent = (c: Counts) => (c.total === 0 ? 0 : Math.floor((100 * ended(c)) / c.total));

/** The counts of a document that tells only how many are done, failed, cancelled and in progress. */
export const countsOf = (sums: {
  total: number;
  completed: number;
  failed: number;
  cancelled: number;
  in_progress: number;
}): Counts => ({
  total: sums.total,
  succeeded: sums.completed,
  failed: sums.failed,
  cancelled: sums.cancelled,
  running: sums.in_progress,
  waiting: sums.total - sums.completed - sums.failed - sums.cancelled - sums.in_progress,
  ready: 0,
  queued: 0,
  retry_wait: 0,
  awaiting_approval: 0,
  unknown: 0,
  skipped: 0,
});
