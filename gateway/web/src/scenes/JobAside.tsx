import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Batch, SceneStatus } from '../api/types';
import { money } from '../ui/numbers';
import { StatusBadge } from '../ui/StatusBadge';

/** How far a job of scenes is and what it has cost, with the way to its batch. */
export function JobAside({ job, status, batch }: { job: string; status: SceneStatus; batch: Batch | null }) {
  const cost = batch?.cost;
  return (
    <Group gap="sm">
      <Text size="sm" className="quiet num">
        {status.progress}%
        {cost ? ` · ${money(cost.spent, cost.currency)} spent of ${money(cost.quoted, cost.currency)}` : ''}
      </Text>
      <StatusBadge status={status.status} />
      <Anchor component={Link} to={`/batches/${job}`} size="sm">
        Open the batch
      </Anchor>
    </Group>
  );
}
