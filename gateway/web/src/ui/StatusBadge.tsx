import type { BatchStatus, StepState } from '../api/types';
import { STATE_WORDS, STATUS_WORDS } from './words';

const STATUS_COLORS: Record<BatchStatus, string> = {
  PLANNING: 'var(--kb-queued)',
  QUEUED: 'var(--kb-queued)',
  RUNNING: 'var(--kb-running)',
  PAUSED: 'var(--kb-retry)',
  WAITING_FOR_DECISION: 'var(--kb-held)',
  CANCELLING: 'var(--kb-retry)',
  COMPLETED: 'var(--kb-succeeded)',
  COMPLETED_WITH_FAILURES: 'var(--kb-unknown)',
  FAILED: 'var(--kb-failed)',
  CANCELLED: 'var(--kb-stopped)',
};

/** A batch's status as a pill: its word, and a dot of its colour that pulses while things move. */
export function StatusBadge({ status }: { status: BatchStatus }) {
  const moves = status === 'RUNNING' || status === 'PLANNING' || status === 'CANCELLING';
  return (
    <span className="pill" data-status={status}>
      <span
        className={moves ? 'dot pulse' : 'dot'}
        style={{ background: STATUS_COLORS[status] }}
        aria-hidden
      />
      {STATUS_WORDS[status]}
    </span>
  );
}

export const STATE_COLORS: Record<StepState, string> = {
  WAITING: 'var(--kb-waiting)',
  READY: 'var(--kb-queued)',
  QUEUED: 'var(--kb-queued)',
  RUNNING: 'var(--kb-running)',
  RETRY_WAIT: 'var(--kb-retry)',
  AWAITING_APPROVAL: 'var(--kb-held)',
  UNKNOWN: 'var(--kb-unknown)',
  SUCCEEDED: 'var(--kb-succeeded)',
  FAILED: 'var(--kb-failed)',
  CANCELLED: 'var(--kb-stopped)',
  SKIPPED: 'var(--kb-stopped)',
};

/** A step's state: a dot of its colour and its word. */
export function StateWord({ state }: { state: StepState }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8, whiteSpace: 'nowrap' }}>
      <span
        className={state === 'RUNNING' ? 'dot pulse' : 'dot'}
        style={{ background: STATE_COLORS[state] }}
        aria-hidden
      />
      {STATE_WORDS[state]}
    </span>
  );
}
