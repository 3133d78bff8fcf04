import { describe, expect, it } from 'vitest';
import type { Step } from '../api/types';
import type { Activity } from '../live/batchFeed';
import { logOf } from './activity';
import { groupName } from './groups';

const step = (ordinal: number, part: Partial<Step>) =>
  ({ ordinal, kind: 'i2i', group_index: 0, epoch: 1, state: 'SUCCEEDED', ...part }) as Step;
const seen = (ordinal: number, state: Step['state'], at: number): Activity => ({
  at,
  from: null,
  step: { step_id: `s${ordinal}`, ordinal, kind: 'i2v', group: 0, epoch: 1, state },
});

describe('the log of a batch', () => {
  it('tells what happened before the page was opened, the newest first', () => {
    const lines = logOf(
      [
        step(0, { started_at: '2026-11-21T10:00:01Z', finished_at: '2026-11-21T10:00:03Z' }),
        step(1, { started_at: '2026-11-21T10:00:02Z', state: 'RUNNING' }),
      ],
      [],
      null,
    );
    expect(lines.map((line) => [line.ordinal, line.state])).toEqual([
      [0, 'SUCCEEDED'],
      [1, 'RUNNING'],
      [0, 'RUNNING'],
    ]);
  });

  it('tells an end once, at the time that the step itself says', () => {
    const lines = logOf(
      [step(0, { kind: 'i2v', finished_at: '2026-11-21T10:00:03Z' })],
      [seen(0, 'SUCCEEDED', Date.parse('2026-11-21T10:00:09Z'))],
      null,
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]?.at).toBe(Date.parse('2026-11-21T10:00:03Z'));
  });

  it('shows one stage where one is asked for', () => {
    const lines = logOf(
      [step(0, { finished_at: '2026-11-21T10:00:03Z' })],
      [seen(1, 'RETRY_WAIT', 1)],
      'i2v',
    );
    expect(lines.map((line) => line.state)).toEqual(['RETRY_WAIT']);
  });
});

describe('a group', () => {
  it('is called by its folder where that says more than its number', () => {
    expect(groupName('pipeline', 1, undefined)).toBe('Photograph 2');
    expect(groupName('pipeline', 0, '001_chelsea')).toBe('Photograph 1: chelsea');
    expect(groupName('slideshow', 2, 'Link_003_@ann')).toBe('Link 3: @ann');
    expect(groupName('slideshow', 2, 'Link_003_@unknown')).toBe('Link 3');
    expect(groupName('storyboard', 0, '001_The_lamp_turns')).toBe('Sentence 1: The lamp turns');
    expect(groupName('scenes', 0, '001_SCENE-001')).toBe('SCENE-001');
    expect(groupName('variant', 0, 'B000000001')).toBe('B000000001');
  });
});
