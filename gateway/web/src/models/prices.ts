import type { Model } from '../api/types';

/** What a model costs, in words: one price, or from the least to the most. */
export function priceWords(model: Model, money: (amount: number, currency: string) => string): string {
  const [first] = model.prices;
  if (!first) return '';
  const amounts = model.prices.map((price) => price.amount);
  const least = Math.min(...amounts);
  const most = Math.max(...amounts);
  const range =
    least === most
      ? money(least, first.currency)
      : `${money(least, first.currency)} to ${money(most, first.currency)}`;
  return `${range} ${first.unit === 'image' ? 'an image' : `a ${first.unit}`}`;
}
