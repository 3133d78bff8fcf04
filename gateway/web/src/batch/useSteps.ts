import { useQueries } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Step, StepPage } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { lags } from './lag';

export const PAGE = 100;

/** How long the database may take to apply an event, before it is asked again. */
const LAG_MS = 700;

/** Pages in memory at once: a few screens, however large the batch. */
const MAX_PAGES = 12;

/**
 * The details of the steps with these ordinals, read by pages of 100 and again when the stream says that one
 * of the page has changed. What is not read yet is absent.
 */
export function useSteps(batchId: string, feed: BatchState, ordinals: readonly number[]): Map<number, Step> {
  const pages = [...new Set(ordinals.map((ordinal) => Math.floor(ordinal / PAGE)))].slice(0, MAX_PAGES);
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['steps', batchId, page, version(feed, page)],
      queryFn: () => get<StepPage>(`/api/batches/${batchId}/steps?cursor=${page * PAGE - 1}&limit=${PAGE}`),
      // why the page before: a change must not blank what was shown
      placeholderData: (before: StepPage | undefined) => before,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 30_000,
      // why again: nothing else would ask for what the database had not been told yet
      refetchInterval: ({ state }: { state: { data: StepPage | undefined } }) =>
        state.data?.steps.some((step) => lags(step, feed.steps[step.ordinal])) ? LAG_MS : false,
    })),
  });
  const steps = new Map<number, Step>();
  for (const result of results) {
    for (const step of result.data?.steps ?? []) steps.set(step.ordinal, step);
  }
  return steps;
}

/** A number that changes with every step of the page; folded to whole seconds of changes by the stream itself. */
function version(feed: BatchState, page: number): number {
  let sum = 0;
  for (let ordinal = page * PAGE; ordinal < (page + 1) * PAGE; ordinal++) {
    sum += feed.versions.get(ordinal) ?? 0;
  }
  return sum;
}
