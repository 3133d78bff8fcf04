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
 * Uploads files, three at once.
 *
 * @param onDone gets each when it and all that were given before it have arrived, so that their order is kept
 */
export function useUploads(onDone: (source: Source) => void) {
  const [pending, setPending] = useState<Pending[]>([]);
  const keys = useRef(0);
  const stops = useRef(new Map<number, AbortController>());
  /** Those not handed on yet, in the order they were given; null while under way. */
  const arrivals = useRef(new Map<number, Source | null>());
  const done = useRef(onDone);
  done.current = onDone;

  const change = (key: number, with_: Partial<Pending>) =>
    setPending((all) => all.map((p) => (p.key === key ? { ...p, ...with_ } : p)));
  const handOn = () => {
    for (const [key, source] of arrivals.current) {
      if (source === null) return;
      arrivals.current.delete(key);
      stops.current.delete(key);
      setPending((all) => all.filter((p) => p.key !== key));
      done.current(source);
    }
  };
  const drop = (key: number) => {
    stops.current.get(key)?.abort();
    stops.current.delete(key);
    arrivals.current.delete(key);
    setPending((all) => all.filter((p) => p.key !== key));
    handOn();
  };

  async function add(files: File[]) {
    const queue = files.map((file) => ({ file, key: keys.current++ }));
    setPending((all) => [
      ...all,
      ...queue.map(({ file, key }) => ({ key, name: file.name, share: 0, error: null })),
    ]);
    for (const { key } of queue) {
      stops.current.set(key, new AbortController());
      arrivals.current.set(key, null);
    }
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { file, key } = next;
        const stop = stops.current.get(key);
        if (!stop) continue;
        try {
          const [image] = await upload<UploadedImage[]>(file, (share) => change(key, { share }), stop.signal);
          if (image && arrivals.current.has(key)) arrivals.current.set(key, { ...image, name: file.name });
        } catch (error) {
          // why out of the queue: what was refused must not hold back what was given after it
          arrivals.current.delete(key);
          if (!stop.signal.aborted) change(key, { error: asProblem(error).detail });
        }
        handOn();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  return { pending, add, drop };
}
