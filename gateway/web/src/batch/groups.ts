import type { BatchKind } from '../api/types';

const NOUNS: Record<BatchKind, string> = {
  pipeline: 'Photograph',
  variant: 'Product',
  scenes: 'Scene',
  storyboard: 'Sentence',
  slideshow: 'Link',
};

/**
 * What a group is called: by its number, and by the folder that its results are delivered into where that says
 * more, such as `Link_003_@ann` or `001_The_lamp_turns`.
 */
export function groupName(kind: BatchKind, group: number, folder: string | undefined): string {
  const numbered = `${NOUNS[kind]} ${group + 1}`;
  const words = (folder ?? '')
    .replace(/^(Link_)?\d{3}_/, '')
    .replaceAll('_', ' ')
    .trim();
  if (words === '' || words === '@unknown') return numbered;
  return kind === 'variant' || kind === 'scenes' ? words : `${numbered}: ${words}`;
}
