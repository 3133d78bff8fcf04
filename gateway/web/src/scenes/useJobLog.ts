import { useEffect, useRef } from 'react';
import type { Activity, BatchState } from '../live/batchFeed';
import { STATE_WORDS, STEP_WORDS } from '../ui/words';
import type { LogLine } from './scenes';

/** Hands each new line of a job's activity on, once, as a line of the log. */
export function useJobLog(feed: BatchState, scenes: string[], add: (lines: LogLine[]) => void) {
  const last = useRef<Activity | undefined>(undefined);
  useEffect(() => {
    const { batch, activity } = feed;
    if (!batch) return;
    const from = last.current ? activity.lastIndexOf(last.current) + 1 : 0;
    const fresh = activity.slice(from);
    if (fresh.length === 0) return;
    last.current = activity.at(-1);
    add(
      fresh.map(({ at, step }) => ({
        at,
        job: batch.batch_id,
        scene: scenes[step.group] ?? `row ${step.group + 1}`,
        status: STATE_WORDS[step.state],
        message: `${STEP_WORDS[step.kind]} ${step.ordinal + 1}${step.epoch > 1 ? `, admission ${step.epoch}` : ''}`,
      })),
    );
  }, [feed, scenes, add]);
}
