import { Group, Text } from '@mantine/core';
import type { BatchState } from '../live/batchFeed';
import { clockTime } from '../ui/numbers';

/** Whether what the page shows is of now, and if not, of when. */
export function LiveMark({ feed }: { feed: BatchState }) {
  if (feed.connection === 'ended') return null;
  const live = feed.connection === 'live';
  return (
    <Group gap={6} role="status" data-live={live}>
      <span
        className={live ? 'dot pulse' : 'dot'}
        style={{ background: live ? 'var(--kb-succeeded)' : 'var(--kb-retry)' }}
        aria-hidden
      />
      <Text size="sm" className="quiet">
        {live ? 'Live' : `Connection lost; as of ${clockTime(feed.heardAt)}, trying again`}
      </Text>
    </Group>
  );
}
