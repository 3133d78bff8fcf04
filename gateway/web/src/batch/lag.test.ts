import { describe, expect, it } from 'vitest';
import type { Step, StepChange } from '../api/types';
import { lags } from './lag';

const read = (state: Step['state'], epoch = 1) => ({ state, epoch }) as Step;
const live = (state: Step['state'], epoch = 1) => ({ state, epoch }) as StepChange;

describe('what was read of a step', () => {
  it('lags behind a stream that has told of its end', () => {
    expect(lags(read('RUNNING'), live('SUCCEEDED'))).toBe(true);
    expect(lags(read('FAILED'), live('QUEUED', 2))).toBe(true);
  });

  it('does not lag where it says the same, or more', () => {
    expect(lags(read('SUCCEEDED'), live('SUCCEEDED'))).toBe(false);
    expect(lags(read('SUCCEEDED'), live('RUNNING'))).toBe(false);
    expect(lags(read('QUEUED', 2), live('FAILED', 1))).toBe(false);
    expect(lags(read('RUNNING'), undefined)).toBe(false);
  });
});
