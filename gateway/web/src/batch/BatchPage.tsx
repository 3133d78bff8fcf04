import { Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { useBatchFeed } from '../live/useBatchFeed';
import { BackLink } from '../ui/BackLink';
import { Loading } from '../ui/Loading';
import { ago } from '../ui/numbers';
import { ProblemNote } from '../ui/ProblemNote';
import { StatusBadge } from '../ui/StatusBadge';
import { useNow } from '../ui/useNow';
import { usePageTitle } from '../ui/usePageTitle';
import { KIND_WORDS } from '../ui/words';
import { ActivityLog } from './ActivityLog';
import { Controls } from './Controls';
import { Decisions } from './Decisions';
import { Figures } from './Figures';
import { Gallery } from './Gallery';
import { LiveMark } from './LiveMark';
import { StageBars } from './StageBars';
import { StepsTable } from './StepsTable';

/** One batch, live. */
export function BatchPage() {
  const { id = '' } = useParams();
  const [revived, setRevived] = useState(0);
  const feed = useBatchFeed(id, revived);
  const now = useNow(10_000);
  const [search, setSearch] = useSearchParams();
  const tab = search.get('show') ?? 'results';
  usePageTitle(feed.batch?.name ?? 'Batch');

  if (feed.connection === 'missing') {
    return <ProblemNote error={new Error('No batch of yours has this id.')} title="There is no such batch" />;
  }
  const { batch } = feed;
  if (!batch) return <Loading what="The batch" />;
  return (
    <Stack gap="lg" maw={1240} mx="auto">
      <BackLink to="/batches">All batches</BackLink>
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={6} style={{ minWidth: 0 }}>
          <Group gap="sm">
            <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
              {batch.name}
            </Title>
            <StatusBadge status={batch.status} />
          </Group>
          <Group gap="sm">
            <Text size="sm" className="quiet">
              {KIND_WORDS[batch.kind]} · submitted {ago(batch.created_at, now)}
            </Text>
            <LiveMark feed={feed} />
          </Group>
        </Stack>
        <Controls batch={batch} onRevived={() => setRevived((n) => n + 1)} />
      </Group>
      {batch.error && <ProblemNote error={new Error(batch.error.message)} title="What went wrong" />}
      <Figures batch={batch} />
      <Decisions batch={batch} feed={feed} />
      <StageBars batch={batch} steps={feed.steps} />
      <Tabs
        value={tab}
        onChange={(value) => setSearch({ show: value ?? 'results' }, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="results">Results</Tabs.Tab>
          <Tabs.Tab value="steps">Steps</Tabs.Tab>
          <Tabs.Tab value="activity">Activity</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="results">
          <Gallery batch={batch} feed={feed} />
        </Tabs.Panel>
        <Tabs.Panel value="steps">
          <StepsTable batch={batch} feed={feed} />
        </Tabs.Panel>
        <Tabs.Panel value="activity">
          <ActivityLog batch={batch} feed={feed} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
