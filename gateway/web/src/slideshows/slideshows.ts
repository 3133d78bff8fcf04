import type { LinkList, SlideshowRequest, SlideshowStatus } from '../api/types';
import type { Source } from '../pipeline/draft';

export const MAX_LINKS = 100;
export const MAX_SLIDES = 35;
export const MAX_DESCRIPTION = 2000;

/** What belongs to one link. */
export interface LinkParts {
  photo: Source | null;
  description: string;
  slides: Source[];
}

export interface SlideshowDraft {
  mode: 'single' | 'batch';
  name: string;
  text: string;
  /** By the link's address as the API writes it. */
  parts: Record<string, LinkParts>;
  photoVariations: number;
  textVariations: number;
  outputFormat: 'jpeg' | 'png';
  jpegQuality: number;
  slidesPerLink: number;
  maxCost: number | null;
}

export type ValidLink = LinkList['valid'][number];

export const NO_PARTS: LinkParts = { photo: null, description: '', slides: [] };

export const partsOf = (draft: SlideshowDraft, link: ValidLink): LinkParts =>
  draft.parts[link.url] ?? NO_PARTS;

/** The cells of a copied spreadsheet column, quotes and line breaks within cells included. */
export function cellsOf(text: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (quoted) {
      if (c === '"' && source[i + 1] === '"') {
        cell += '"';
        i++;
      } else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === '\n') {
      cells.push(cell.trim());
      cell = '';
    } else cell += c;
  }
  cells.push(cell.trim());
  return cells;
}

/**
 * Which file belongs to which link by its name: the link's place (`3.jpg`, `003.png`), author or post.
 *
 * @returns for each link the file's index, or -1
 */
export function byFileName(links: ValidLink[], names: string[]): number[] {
  const stems = names.map((name) =>
    name
      .replace(/\.[^.]*$/, '')
      .toLowerCase()
      .replace(/^@/, ''),
  );
  return links.map((link, index) =>
    stems.findIndex(
      (stem) =>
        (/^\d{1,3}$/.test(stem) && Number(stem) === index + 1) ||
        stem === link.username?.toLowerCase() ||
        stem === link.post_id,
    ),
  );
}

/** What is still missing, in words, or null when it can be priced. */
export function missing(draft: SlideshowDraft, links: ValidLink[]): string | null {
  if (links.length === 0) return 'Paste at least one valid link.';
  const without = (lacks: (parts: LinkParts) => boolean) =>
    links.flatMap((link, i) => (lacks(partsOf(draft, link)) ? [i + 1] : []));
  const photos = without((parts) => parts.photo === null);
  if (photos.length > 0) return `Give ${places(photos)} a product photograph.`;
  const descriptions = without((parts) => parts.description.trim() === '');
  if (descriptions.length > 0) return `Give ${places(descriptions)} a product description.`;
  return null;
}

function places(numbers: number[]): string {
  const shown = numbers.slice(0, 5).join(', ');
  return `${numbers.length === 1 ? 'link' : 'links'} ${shown}${numbers.length > 5 ? ' and others' : ''}`;
}

export function requestOf(draft: SlideshowDraft, links: ValidLink[]): SlideshowRequest {
  return {
    ...(draft.name.trim() ? { name: draft.name.trim() } : {}),
    links: links.map((link) => {
      const parts = partsOf(draft, link);
      return {
        url: link.url,
        ...(parts.photo ? { product_photo: parts.photo.url } : {}),
        ...(parts.description.trim() ? { product_description: parts.description.trim() } : {}),
        ...(parts.slides.length > 0 ? { slides: parts.slides.map((slide) => slide.url) } : {}),
      };
    }),
    photo_variations: draft.photoVariations,
    text_variations: draft.textVariations,
    output_format: draft.outputFormat,
    ...(draft.outputFormat === 'jpeg' ? { jpeg_quality: draft.jpegQuality } : {}),
    ...(links.some((link) => partsOf(draft, link).slides.length === 0)
      ? { slides_per_link: draft.slidesPerLink }
      : {}),
    ...(draft.maxCost === null ? {} : { max_cost: draft.maxCost }),
  };
}

/** Whether trying a link again brings anything back: one whose slides cannot be had is to be submitted anew. */
export const retriable = (link: SlideshowStatus['links'][number]) =>
  link.failed > 0 && !link.error?.code.startsWith('slides_');
