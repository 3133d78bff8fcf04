import type { ImageType, Product, PromptTemplate, VariantRequest } from '../api/types';

export const MAX_PRODUCTS = 500;

export interface VariantDraft {
  selected: string[];
  variant: string | null;
  imageTypeId: string | null;
  /** Where the prompt comes from. */
  source: 'type' | 'template' | 'custom';
  templateId: string | null;
  customPrompt: string;
}

/** Why a request can't be made yet, in words, or null. */
export function missing(draft: VariantDraft): string | null {
  if (draft.selected.length === 0) return 'Select at least one product.';
  if (draft.selected.length > MAX_PRODUCTS)
    return `At most ${MAX_PRODUCTS} products a job; ${draft.selected.length} are selected.`;
  if (!draft.variant) return 'Choose a variant of source images.';
  if (!draft.imageTypeId) return 'Choose an image type.';
  if (draft.source === 'template' && !draft.templateId) return 'Choose a template.';
  if (draft.source === 'custom' && !draft.customPrompt.trim()) return 'Write the prompt.';
  return null;
}

export function requestOf(draft: VariantDraft): VariantRequest {
  return {
    productIds: draft.selected,
    variant: draft.variant ?? '',
    imageTypeId: draft.imageTypeId ?? '',
    ...(draft.source === 'custom' ? { customPrompt: draft.customPrompt.trim() } : {}),
    ...(draft.source === 'template' && draft.templateId ? { templateId: draft.templateId } : {}),
  };
}

/** The prompt before its placeholders are filled in. */
export function rawPrompt(
  draft: VariantDraft,
  types: readonly ImageType[],
  templates: readonly PromptTemplate[],
): string {
  if (draft.source === 'custom') return draft.customPrompt;
  if (draft.source === 'template')
    return templates.find((template) => template.templateId === draft.templateId)?.prompt ?? '';
  return types.find((type) => type.imageTypeId === draft.imageTypeId)?.prompt ?? '';
}

export const hasVariant = (product: Product, variant: string) =>
  product.images.some((image) => image.variant === variant);

/** The source image with the most pixels of a variant, as far as they have been measured. */
export function pictureOf(product: Product, variant: string | null): string | undefined {
  const images = product.images
    .filter((image) => image.thumbnailUrl && (variant === null || image.variant === variant))
    .sort((a, b) => (b.widthPx ?? 0) * (b.heightPx ?? 0) - (a.widthPx ?? 0) * (a.heightPx ?? 0));
  return images[0]?.thumbnailUrl;
}
