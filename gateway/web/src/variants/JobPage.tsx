import { Anchor, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { get } from '../api/client';
import type { Product, ProductReason, VariantJob } from '../api/types';
import { Controls } from '../batch/Controls';
import { Decisions } from '../batch/Decisions';
import { Gallery } from '../batch/Gallery';
import { LiveMark } from '../batch/LiveMark';
import { useBatchFeed } from '../live/useBatchFeed';
import { useRenewal } from '../live/useRenewal';
import { BackLink } from '../ui/BackLink';
import { Fact } from '../ui/Fact';
import { Loading } from '../ui/Loading';
import { Notice } from '../ui/Notice';
import { money, plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { countsOf, StateBar } from '../ui/StateBar';
import { StatusBadge } from '../ui/StatusBadge';
import { usePageTitle } from '../ui/usePageTitle';

const SHOWN = 20;

/** A job over many products: how far it is, what failed and why, what it has made. */
export function JobPage() {
  const { id = '' } = useParams();
  const [revived, setRevived] = useState(0);
  const feed = useBatchFeed(id, revived);
  const job = useQuery({
    queryKey: ['variant-job', id],
    queryFn: () => get<VariantJob>(`/api/jobs/${id}`),
    refetchInterval: (query) => (query.state.data?.status === 'PROCESSING' ? 2_000 : false),
  });
  useRenewal(feed, ['variant-job', id]);
  usePageTitle(feed.batch?.name ?? 'Variants job');
  if (job.error && !job.data) return <ProblemNote error={job.error} />;
  if (!job.data) return <Loading what="The job" />;
  const { totalImages, completedImages, failedImages, errorLog, productsPassedOver } = job.data;
  const ended = completedImages + failedImages;
  const percent = totalImages === 0 ? 0 : Math.floor((100 * ended) / totalImages);
  const { batch } = feed;
  return (
    <Stack gap="lg" maw={1240} mx="auto">
      <BackLink to="/variants">All products</BackLink>
      <PageHead title={batch?.name ?? 'Variants job'}>
        {batch && <Controls batch={batch} onRevived={() => setRevived((n) => n + 1)} />}
      </PageHead>
      <Group gap="sm">
        {batch && <StatusBadge status={batch.status} />}
        <LiveMark feed={feed} />
        <Anchor component={Link} to={`/batches/${id}`} size="sm">
          Steps and activity
        </Anchor>
      </Group>
      {batch && <Decisions batch={batch} feed={feed} />}
      <Stack className="card" p="lg" gap="sm">
        <Text fw={700} size="xl" className="num" data-testid="percent">
          {percent}%
        </Text>
        <StateBar
          counts={countsOf({
            total: totalImages,
            completed: completedImages,
            failed: failedImages,
            cancelled: 0,
            in_progress: batch?.counts.running ?? 0,
          })}
          height={10}
        />
        <SimpleGrid cols={{ base: 2, sm: 4 }} className="num" mt="xs">
          <Fact name="Images" value={totalImages} />
          <Fact name="Completed" value={completedImages} />
          <Fact name="Failed" value={failedImages} />
          {batch && (
            <Fact
              name="Spent"
              value={`${money(batch.cost.spent, batch.cost.currency)} of ${money(batch.cost.quoted, batch.cost.currency)}`}
            />
          )}
        </SimpleGrid>
      </Stack>
      {errorLog.length > 0 && (
        <Reasons
          title={`${plural(errorLog.length, 'image')} failed`}
          color="var(--kb-failed)"
          reasons={errorLog}
        />
      )}
      {productsPassedOver.length > 0 && (
        <Reasons
          title={`${plural(productsPassedOver.length, 'product')} passed over`}
          color="var(--kb-retry)"
          reasons={productsPassedOver}
        />
      )}
      {batch && <Gallery batch={batch} feed={feed} />}
    </Stack>
  );
}

function Reasons({ title, color, reasons }: { title: string; color: string; reasons: ProductReason[] }) {
  const shown = reasons.slice(0, SHOWN);
  const products = useQueries({
    queries: shown.map(({ productId }) => ({
      queryKey: ['product', productId],
      queryFn: () => get<Product>(`/api/products/${productId}`),
      staleTime: 60_000,
    })),
  });
  return (
    <Notice color={color} title={title}>
      <List size="sm" spacing={2}>
        {shown.map(({ productId, reason }, index) => (
          <List.Item key={productId}>
            <Anchor component={Link} to={`/variants/products/${productId}`} size="sm" underline="always">
              {products[index]?.data?.title ?? productId}
            </Anchor>
            : {reason}
          </List.Item>
        ))}
      </List>
      {reasons.length > SHOWN && (
        <Text size="sm" className="quiet">
          and {reasons.length - SHOWN} more
        </Text>
      )}
    </Notice>
  );
}
