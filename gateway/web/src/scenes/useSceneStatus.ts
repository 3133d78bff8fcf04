import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { SceneStatus } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { useBatchFeed } from '../live/useBatchFeed';
import { useRenewal } from '../live/useRenewal';
import { isTerminal } from '../ui/words';

/** A job of scenes, read again whenever its stream says that a step has changed. */
export function useSceneStatus(job: string | null): { status: SceneStatus | undefined; feed: BatchState } {
  const feed = useBatchFeed(job);
  const status = useQuery({
    queryKey: ['scene-status', job],
    queryFn: () => get<SceneStatus>(`/status/${job}`),
    enabled: job !== null,
    // why also by the clock: the stream may be away for a while, and this must not stand still with it
    refetchInterval: (query) => (query.state.data && isTerminal(query.state.data.status) ? false : 3_000),
  });
  useRenewal(feed, ['scene-status', job]);
  return { status: status.data, feed };
}
