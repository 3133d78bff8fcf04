import { describe, expect, it } from 'vitest';
import { ago, duration, money, plural } from './numbers';

describe('numbers for people', () => {
  it('shows money with its currency, and parts of a cent where there are some', () => {
    expect(money(0.252, 'USD')).toBe('$0.252 USD');
    expect(money(0.0005, 'USD')).toBe('$0.0005 USD');
    expect(money(1234.5, 'EUR')).toBe('€1,234.50 EUR');
  });

  it('shows lengths of time in two units at most', () => {
    expect([4.4, 65, 120, 3725, 7200].map(duration)).toEqual([
      '4 s',
      '1 min 5 s',
      '2 min',
      '1 h 2 min',
      '2 h',
    ]);
  });

  it('tells near times by distance', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    expect(ago('2026-11-21T11:59:40Z', now)).toBe('just now');
    expect(ago('2026-11-21T11:45:00Z', now)).toBe('15 min ago');
  });

  it('counts things', () => {
    expect([plural(1, 'step'), plural(1200, 'step')]).toEqual(['1 step', '1,200 steps']);
  });
});
