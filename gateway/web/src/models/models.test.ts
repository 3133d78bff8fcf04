import { describe, expect, it } from 'vitest';
import type { Model } from '../api/types';
import { fitted } from '../pipeline/draft';
import { money } from '../ui/numbers';
import { priceWords } from './prices';
import { chosenModel, chosenResolution } from './useModels';

const model = (id: string, amounts: number[], resolutions: string[] = []): Model => ({
  id,
  kind: 'i2v',
  provider: 'p',
  capabilities: { outputs_per_call: 1, max_prompt_length: 100, resolutions },
  prices: amounts.map((amount) => ({ unit: 'second', amount, currency: 'USD' })),
});
const dear = model('dear', [0.4, 0.2], ['1080p', '480p']);
const cheap = model('cheap', [0.01], ['480p', '720p']);

describe('a model', () => {
  it('is the wanted one, else the one that costs the least', () => {
    expect(chosenModel([dear, cheap], null, 'dear')).toBe(dear);
    expect(chosenModel([dear, cheap], 'gone', null)).toBe(cheap);
    expect(chosenModel([], 'gone')).toBeUndefined();
  });

  it('has a wanted resolution, else 720p, else its first', () => {
    expect(chosenResolution(cheap, '480p')).toBe('480p');
    expect(chosenResolution(cheap, '4k')).toBe('720p');
    expect(chosenResolution(dear, null)).toBe('1080p');
    expect(chosenResolution(undefined, '720p')).toBeNull();
  });

  it('has its price in words', () => {
    expect(priceWords(cheap, money)).toBe('$0.01 USD a second');
    expect(priceWords(dear, money)).toBe('$0.20 USD to $0.40 USD a second');
  });

  it('of fixed lengths takes the nearest one', () => {
    expect(fitted(7, [5, 10])).toBe(5);
    expect(fitted(9, [5, 10])).toBe(10);
    expect(fitted(7, undefined)).toBe(7);
  });
});
