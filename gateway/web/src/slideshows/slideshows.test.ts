import { describe, expect, it } from 'vitest';
import { byFileName, cellsOf, missing, requestOf, type SlideshowDraft, type ValidLink } from './slideshows';

const link = (n: number, username?: string): ValidLink => ({
  position: n,
  line: n,
  input: '',
  url: `https://www.tiktok.com/@${username ?? ''}/video/${n}`,
  post_id: `730${n}`,
  ...(username ? { username } : {}),
});
const photo = { url: '/api/artifacts/p', name: 'p.jpg' } as never;
const draft: SlideshowDraft = {
  mode: 'batch',
  name: '',
  text: '',
  parts: {},
  photoVariations: 3,
  textVariations: 2,
  outputFormat: 'jpeg',
  jpegQuality: 90,
  slidesPerLink: 4,
  maxCost: null,
};

describe('slideshow drafts', () => {
  it('read a copied spreadsheet column, cells with line breaks and quotes included', () => {
    expect(cellsOf('Red mug\r\n"Blue ""large"" mug\nfor tea"\r\n\r\nGreen\r\n')).toEqual([
      'Red mug',
      'Blue "large" mug\nfor tea',
      '',
      'Green',
    ]);
  });

  it('match photographs to links by place, author or post', () => {
    const links = [link(1, 'Ann'), link(2), link(3, 'bob')];
    expect(byFileName(links, ['@bob.jpg', 'ann.png', '7302.webp'])).toEqual([1, 2, 0]);
    expect(byFileName(links, ['002.jpg', '3.jpg', 'other.jpg'])).toEqual([-1, 0, 1]);
  });

  it('say which links lack what', () => {
    expect(missing(draft, [])).toMatch('at least one');
    expect(missing(draft, [link(1), link(2)])).toBe('Give links 1, 2 a product photograph.');
    const parts = { [link(1).url]: { photo, description: ' ', slides: [] } };
    expect(missing({ ...draft, parts }, [link(1)])).toBe('Give link 1 a product description.');
  });

  it('ask with a number of slides only where some are not known', () => {
    const parts = { [link(1).url]: { photo, description: 'A mug', slides: [photo] } };
    expect(requestOf({ ...draft, parts }, [link(1)])).not.toHaveProperty('slides_per_link');
    expect(requestOf({ ...draft, parts }, [link(1), link(2)]).slides_per_link).toBe(4);
    expect(requestOf({ ...draft, outputFormat: 'png' }, [link(1)])).not.toHaveProperty('jpeg_quality');
  });
});
