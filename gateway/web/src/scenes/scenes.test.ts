import { describe, expect, it } from 'vitest';
import { confirms, type DryRun, type LogLine, liveRefusal, rowsOf, withLines } from './scenes';

const dryRun: DryRun = {
  rows: 'a',
  hash: 'h',
  images: 2,
  cost: { currency: 'USD', total: 0.004 },
  expiresAt: '2026-11-22T12:00:00Z',
  key: 'k',
};
const before = Date.parse('2026-11-22T11:00:00Z');

describe('scene rows', () => {
  it('may run live only as they were priced', () => {
    expect(liveRefusal('a', null, before)).toMatch('until a dry run');
    expect(liveRefusal('b', dryRun, before)).toMatch('changed after the dry run');
    expect(liveRefusal('a', dryRun, Date.parse('2026-11-22T12:00:00Z'))).toMatch('older than a day');
    expect(liveRefusal('a', dryRun, before)).toBeNull();
  });

  it('become clips only when their exact number is typed', () => {
    expect(['3', ' 3 ', '03', '2', '', '3.0'].map((typed) => confirms(typed, 3))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(confirms('0', 0)).toBe(false);
  });

  it('carry the reference images where there are any', () => {
    const row = { scene_id: 'S', prompt: 'p', variants: 1 };
    expect(rowsOf([row], [])).toEqual([row]);
    expect(rowsOf([row], [{ url: '/api/artifacts/a' } as never])).toEqual([
      { ...row, reference_images: ['/api/artifacts/a'] },
    ]);
  });

  it('log at most 500 lines, the newest last', () => {
    const line = (at: number): LogLine => ({ at, job: 'j', scene: 's', status: '', message: '' });
    const log = withLines(
      Array.from({ length: 499 }, (_, i) => line(i)),
      [line(499), line(500)],
    );
    expect(log).toHaveLength(500);
    expect(log.at(-1)?.at).toBe(500);
  });
});
