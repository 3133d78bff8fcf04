import { useEffect, useState } from 'react';
import type { Batch } from '../api/types';
import { type BatchState, NOTHING, withDelta, withEnd, withSnapshot } from './batchFeed';

/** Silence after which the page says that it is old: the stream speaks every 15 s at the latest. */
const STALE_AFTER_MS = 40_000;
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];

/** How long a page nobody looks at keeps its stream: browsers allow few connections to one host, for all tabs. */
const HIDDEN_KEEPS_MS = 15_000;

/**
 * Follows a batch's stream for as long as it is looked at. The browser goes on at the last event after a lost
 * connection; where it gives up (the gateway was away), this begins again. A page that was hidden for a while
 * lets go of its stream and takes a new snapshot when it is looked at again.
 *
 * @param batchId null: follows nothing
 * @param revived changes when the batch may have come back to life, and asks for a new stream
 */
export function useBatchFeed(batchId: string | null, revived = 0): BatchState {
  const [state, setState] = useState<BatchState>(NOTHING);

  // biome-ignore lint/correctness/useExhaustiveDependencies(revived): a revived batch gets a new stream
  useEffect(() => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let quiet: ReturnType<typeof setTimeout> | undefined;
    let hidden: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let closed = false;
    setState((before) => (before.batch?.batch_id === batchId ? before : NOTHING));
    if (batchId === null) return;

    const stale = () => setState((s) => (s.connection === 'ended' ? s : { ...s, connection: 'stale' }));
    const heard = () => {
      failures = 0;
      clearTimeout(quiet);
      quiet = setTimeout(stale, STALE_AFTER_MS);
    };

    const open = () => {
      const opened = new EventSource(`/api/batches/${batchId}/events`);
      source = opened;
      const on = <T>(name: string, change: (s: BatchState, data: T, now: number) => BatchState) =>
        opened.addEventListener(name, (event) => {
          heard();
          const data = JSON.parse((event as MessageEvent<string>).data) as T;
          setState((s) => change(s, data, Date.now()));
        });
      on('snapshot', withSnapshot);
      on('delta', withDelta);
      on<Batch>('end', (s, data, now) => {
        stop();
        return withEnd(s, data, now);
      });
      opened.onopen = heard;
      opened.onerror = () => {
        stale();
        if (opened.readyState === EventSource.CLOSED && !closed) {
          opened.close();
          void again();
        }
      };
    };

    // why a question first: the stream's own refusal does not say whether the batch exists
    const again = async () => {
      const answer = await fetch(`/api/batches/${batchId}`).catch(() => null);
      if (closed) return;
      if (answer?.status === 404) {
        setState((s) => ({ ...s, connection: 'missing' }));
        return;
      }
      const wait = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)];
      clearTimeout(timer);
      timer = setTimeout(open, wait);
    };

    const letGo = () => {
      clearTimeout(timer);
      clearTimeout(quiet);
      source?.close();
      source = null;
      stale();
    };
    const looked = () => {
      clearTimeout(hidden);
      if (document.hidden) hidden = setTimeout(letGo, HIDDEN_KEEPS_MS);
      else if (!closed && source === null) open();
    };

    const stop = () => {
      closed = true;
      document.removeEventListener('visibilitychange', looked);
      clearTimeout(timer);
      clearTimeout(quiet);
      clearTimeout(hidden);
      source?.close();
    };

    document.addEventListener('visibilitychange', looked);
    open();
    return stop;
  }, [batchId, revived]);

  return state;
}
