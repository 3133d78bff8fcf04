import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { BatchState } from './batchFeed';

/** Has what a door says of its batch read again whenever the batch's stream says that something has changed. */
export function useRenewal(feed: BatchState, queryKey: QueryKey) {
  const queries = useQueryClient();
  const key = JSON.stringify(queryKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the feed's parts are what this waits for
  useEffect(() => {
    if (feed.batch) void queries.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey });
  }, [queries, key, feed.steps, feed.batch?.status, feed.batch?.finished_at]);
}
