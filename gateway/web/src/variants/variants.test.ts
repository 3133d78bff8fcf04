import { describe, expect, it } from 'vitest';
import type { Product } from '../api/types';
import { missing, pictureOf, rawPrompt, requestOf, type VariantDraft } from './variants';

const draft: VariantDraft = {
  selected: ['p1'],
  variant: 'MAIN',
  imageTypeId: 't1',
  source: 'type',
  templateId: null,
  customPrompt: '',
};
const types = [{ imageTypeId: 't1', name: 'Lifestyle', prompt: '{{title}} at breakfast' }];

describe('a variants job', () => {
  it('says what is missing', () => {
    expect(missing(draft)).toBeNull();
    expect(missing({ ...draft, selected: [] })).toMatch('at least one product');
    expect(missing({ ...draft, selected: Array.from({ length: 501 }, String) })).toMatch(
      'At most 500 products a job; 501 are selected',
    );
    expect(missing({ ...draft, source: 'template' })).toMatch('template');
    expect(missing({ ...draft, source: 'custom', customPrompt: ' ' })).toMatch('prompt');
  });

  it('names one source of its prompt only', () => {
    expect(requestOf({ ...draft, templateId: 'x', customPrompt: 'y' })).toEqual({
      productIds: ['p1'],
      variant: 'MAIN',
      imageTypeId: 't1',
    });
    expect(requestOf({ ...draft, source: 'custom', customPrompt: ' y ' })).toHaveProperty(
      'customPrompt',
      'y',
    );
    expect(rawPrompt(draft, types, [])).toBe('{{title}} at breakfast');
  });

  it('shows the source image with the most pixels of the variant', () => {
    const product = {
      images: [
        { variant: 'MAIN', thumbnailUrl: 'small', widthPx: 10, heightPx: 10 },
        { variant: 'MAIN', thumbnailUrl: 'large', widthPx: 20, heightPx: 20 },
        { variant: 'PT01', thumbnailUrl: 'other', widthPx: 90, heightPx: 90 },
      ],
    } as Product;
    expect(pictureOf(product, 'MAIN')).toBe('large');
    expect(pictureOf(product, 'PT02')).toBeUndefined();
  });
});
