import { describe, expect, it } from 'vitest';
import type { Batch, StepChange, StepState } from '../api/types';
import { NOTHING, withDelta, withEnd, withSnapshot } from './batchFeed';

const step = (ordinal: number, state: StepState, epoch = 1): StepChange => ({
  step_id: `s${ordinal}`,
  ordinal,
  kind: 'i2i',
  group: 0,
  epoch,
  state,
});

const batch = { batch_id: 'b', name: 'x', status: 'RUNNING', counts: { total: 2 } } as Batch;
const sums = { status: 'RUNNING', counts: { total: 2, running: 1 } } as Batch;

describe('a batch feed', () => {
  const first = withSnapshot(NOTHING, { ...batch, steps: [step(0, 'QUEUED'), step(1, 'WAITING')] }, 1);

  it('takes a delta’s sums and steps over what it knew', () => {
    const next = withDelta(first, { ...sums, steps: [step(0, 'RUNNING')] }, 2);
    expect(next.steps.map((s) => s.state)).toEqual(['RUNNING', 'WAITING']);
    expect(next.batch?.counts.running).toBe(1);
    expect(next.versions.get(0)).toBe(1);
    expect(next.activity).toEqual([{ at: 2, step: step(0, 'RUNNING'), from: 'QUEUED' }]);
  });

  it('makes nothing of a step that is told again as it was', () => {
    const next = withDelta(first, { ...sums, steps: [step(0, 'QUEUED')] }, 2);
    expect(next.steps).toBe(first.steps);
    expect(next.versions).toBe(first.versions);
    expect(next.activity).toEqual([]);
  });

  it('finds what changed while the connection was lost in the snapshot after it', () => {
    const next = withSnapshot(first, { ...batch, steps: [step(0, 'SUCCEEDED'), step(1, 'READY')] }, 3);
    expect(next.activity.map((line) => line.step.state)).toEqual(['SUCCEEDED', 'READY']);
    expect(next.versions.get(1)).toBe(1);
  });

  it('drops a delta that comes before any snapshot', () => {
    expect(withDelta(NOTHING, { ...sums, steps: [step(0, 'RUNNING')] }, 1)).toBe(NOTHING);
  });

  it('keeps its steps at the end', () => {
    const done = withEnd(first, { ...batch, status: 'COMPLETED' }, 4);
    expect(done.connection).toBe('ended');
    expect(done.batch?.status).toBe('COMPLETED');
    expect(done.steps).toBe(first.steps);
  });

  it('remembers a bounded number of lines', () => {
    let state = first;
    for (let i = 0; i < 600; i++) {
      state = withDelta(state, { ...sums, steps: [step(0, i % 2 ? 'RUNNING' : 'RETRY_WAIT', i + 2)] }, i);
    }
    expect(state.activity).toHaveLength(500);
    expect(state.activity.at(-1)?.at).toBe(599);
  });
});
