import { useMutation } from '@tanstack/react-query';
import { upload } from '../api/client';
import type { UploadedImage } from '../api/types';
import type { Source } from '../pipeline/draft';
import { toldFailure } from './toast';

/** Uploads files one after the other and answers them in their order; a refusal is told in its own words. */
export function useUpload() {
  return useMutation({
    mutationFn: async (files: File[]): Promise<Source[]> => {
      const sources: Source[] = [];
      for (const file of files) {
        const [image] = await upload<UploadedImage[]>(file, () => undefined, new AbortController().signal);
        if (image) sources.push({ ...image, name: file.name });
      }
      return sources;
    },
    onError: toldFailure,
  });
}
