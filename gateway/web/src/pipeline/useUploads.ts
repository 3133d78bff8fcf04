import { useRef, useState } from 'react';
import { upload } from '../api/client';
import { asProblem } from '../api/problem';
import type { UploadedImage } from '../api/types';
import type { Source } from './draft';

/** A file on its way to the artifact store. */
export interface Pending {
  key: number;
  name: string;
  share: number;
  error: string | null;
}

const AT_ONCE = 3;

/**
 * Uploads files, three at once, in the order they were given.
 *
 * @param onDone gets each as soon as it is there
 */
export function useUploads(onDone: (source: Source) => void) {
  const [pending, setPending] = useState<Pending[]>([]);
  const keys = useRef(0);
  const stops = useRef(new Map<number, AbortController>());

  const change = (key: number, with_: Partial<Pending>) =>
    setPending((all) => all.map((p) => (p.key === key ? { ...p, ...with_ } : p)));
  const drop = (key: number) => {
    stops.current.get(key)?.abort();
    stops.current.delete(key);
    setPending((all) => all.filter((p) => p.key !== key));
  };

  async function add(files: File[]) {
    const queue = files.map((file) => ({ file, key: keys.current++ }));
    setPending((all) => [
      ...all,
      ...queue.map(({ file, key }) => ({ key, name: file.name, share: 0, error: null })),
    ]);
    for (const { key } of queue) stops.current.set(key, new AbortController());
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { file, key } = next;
        const stop = stops.current.get(key);
        if (!stop) continue;
        try {
          const [image] = await upload<UploadedImage[]>(file, (share) => change(key, { share }), stop.signal);
          if (image) onDone({ ...image, name: file.name });
          drop(key);
        } catch (error) {
          if (!stop.signal.aborted) change(key, { error: asProblem(error).detail });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  return { pending, add, drop };
}
