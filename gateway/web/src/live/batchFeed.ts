import type { Batch, Delta, Snapshot, StepChange, StepState } from '../api/types';

/** One line of what happened, newest last. */
export interface Activity {
  at: number;
  step: StepChange;
  from: StepState | null;
}

export type Connection = 'connecting' | 'live' | 'stale' | 'ended' | 'missing';

/** All that a page knows of one batch, as of one event of its stream. Never changed in place. */
export interface BatchState {
  batch: Batch | null;
  /** By ordinal; the same array object as long as no step has changed. */
  steps: readonly StepChange[];
  /** Grows with every change of a step, so that readers know what to read again. */
  versions: ReadonlyMap<number, number>;
  activity: readonly Activity[];
  connection: Connection;
  /** When the stream last said anything. */
  heardAt: number;
}

const MAX_ACTIVITY = 500;

export const NOTHING: BatchState = {
  batch: null,
  steps: [],
  versions: new Map(),
  activity: [],
  connection: 'connecting',
  heardAt: 0,
};

/** A snapshot replaces all that was known; what differs from before is activity. */
export function withSnapshot(state: BatchState, snapshot: Snapshot, now: number): BatchState {
  const { steps, ...batch } = snapshot;
  const known = state.batch !== null && state.steps.length === steps.length;
  const changed = known ? steps.filter((step) => differs(state.steps[step.ordinal], step)) : [];
  return {
    ...state,
    batch,
    steps,
    versions: known ? bumped(state.versions, changed) : new Map(),
    activity: known ? logged(state, changed, now) : state.activity,
    connection: 'live',
    heardAt: now,
  };
}

export function withDelta(state: BatchState, delta: Delta, now: number): BatchState {
  if (!state.batch) return state;
  const { steps, ...sums } = delta;
  const changed = steps.filter((step) => differs(state.steps[step.ordinal], step));
  let next = state.steps;
  if (changed.length > 0) {
    const copy = state.steps.slice();
    for (const step of changed) copy[step.ordinal] = step;
    next = copy;
  }
  return {
    batch: { ...state.batch, ...sums },
    steps: next,
    versions: changed.length > 0 ? bumped(state.versions, changed) : state.versions,
    activity: logged(state, changed, now),
    connection: 'live',
    heardAt: now,
  };
}

export function withEnd(state: BatchState, batch: Batch, now: number): BatchState {
  return { ...state, batch: { ...state.batch, ...batch }, connection: 'ended', heardAt: now };
}

function differs(before: StepChange | undefined, now: StepChange): boolean {
  return !before || before.state !== now.state || before.epoch !== now.epoch;
}

function bumped(versions: ReadonlyMap<number, number>, changed: StepChange[]): ReadonlyMap<number, number> {
  if (changed.length === 0) return versions;
  const next = new Map(versions);
  for (const step of changed) next.set(step.ordinal, (next.get(step.ordinal) ?? 0) + 1);
  return next;
}

function logged(state: BatchState, changed: StepChange[], at: number): readonly Activity[] {
  if (changed.length === 0) return state.activity;
  const lines = changed.map((step) => ({ at, step, from: state.steps[step.ordinal]?.state ?? null }));
  return [...state.activity, ...lines].slice(-MAX_ACTIVITY);
}
