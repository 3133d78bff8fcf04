import { Anchor, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { get } from '../api/client';
import type { SlideshowStatus } from '../api/types';
import { CancelButton } from '../batch/CancelButton';
import { DownloadButton } from '../batch/DownloadButton';
import { LiveMark } from '../batch/LiveMark';
import { RetryButton } from '../batch/RetryButton';
import { useBatchFeed } from '../live/useBatchFeed';
import { useRenewal } from '../live/useRenewal';
import { BackLink } from '../ui/BackLink';
import { Fact } from '../ui/Fact';
import { Loading } from '../ui/Loading';
import { Notice } from '../ui/Notice';
import { clockTime, duration, money, plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { countsOf, StateBar } from '../ui/StateBar';
import { StatusBadge } from '../ui/StatusBadge';
import { usePageTitle } from '../ui/usePageTitle';
import { isTerminal } from '../ui/words';
import { LinkRows } from './LinkRows';
import classes from './Slideshows.module.css';
import { retriable } from './slideshows';

/** A slideshow batch: its numbers, its links, and what has just happened. */
export function SlideshowPage() {
  const { id = '' } = useParams();
  const [revived, setRevived] = useState(0);
  const revive = () => setRevived((n) => n + 1);
  const feed = useBatchFeed(id, revived);
  const status = useQuery({
    queryKey: ['slideshow', id],
    queryFn: () => get<SlideshowStatus>(`/api/batch/${id}/status`),
    refetchInterval: (query) => (query.state.data && isTerminal(query.state.data.status) ? false : 2_000),
  });
  useRenewal(feed, ['slideshow', id]);
  usePageTitle(status.data?.name ?? 'Slideshows');
  if (status.error && !status.data) return <ProblemNote error={status.error} />;
  if (!status.data) return <Loading what="The batch" />;
  const s = status.data;
  const done = isTerminal(s.status);
  const cost = feed.batch?.cost;
  const slideless = s.links.filter((link) => link.error?.code.startsWith('slides_'));
  const failedSteps = s.links.some(retriable);
  return (
    <Stack gap="lg" maw={1240} mx="auto">
      <BackLink to="/batches?kind=slideshow">All slideshow batches</BackLink>
      <PageHead title={s.name}>
        {!done && s.status !== 'CANCELLING' && (
          <CancelButton
            batchId={id}
            consequences={[
              `${plural(s.remaining, 'step')} not begun yet will not run and cost nothing.`,
              `${plural(s.in_progress, 'step')} in progress: calls under way finish and are billed.`,
              `${plural(s.completed, 'result')}${cost ? ` for ${money(cost.spent, cost.currency)}` : ''} stay and are delivered.`,
            ]}
          />
        )}
        {failedSteps && s.status !== 'CANCELLED' && (
          <RetryButton batchId={id} onRevived={revive}>
            Retry failed
          </RetryButton>
        )}
        {s.completed > 0 && <DownloadButton batchId={id}>Download all</DownloadButton>}
        <Button component={Link} to="/slideshows" leftSection={<IconPlus size={17} />}>
          Start new
        </Button>
      </PageHead>
      <Group gap="sm">
        <StatusBadge status={s.status} />
        <LiveMark feed={feed} />
        <Anchor component={Link} to={`/batches/${id}`} size="sm">
          Results and steps
        </Anchor>
        {s.drive_folder_url?.startsWith('http') && (
          <Anchor href={s.drive_folder_url} target="_blank" rel="noreferrer" size="sm">
            Drive folder
          </Anchor>
        )}
      </Group>
      {s.error && <ProblemNote error={new Error(s.error.message)} title="What went wrong" />}
      <Stack className="card" p="lg" gap="sm">
        <Group justify="space-between" className="num" align="baseline">
          <Text fw={700} size="xl" data-testid="percent">
            {s.percent}%
          </Text>
          <Text size="sm" className="quiet">
            {done
              ? s.started_at && s.finished_at
                ? `took ${duration((Date.parse(s.finished_at) - Date.parse(s.started_at)) / 1000)}`
                : ''
              : s.eta.p50_seconds != null
                ? `about ${duration(s.eta.p50_seconds)} left${s.eta.p90_seconds != null ? `, at most ${duration(s.eta.p90_seconds)}` : ''}`
                : ''}
          </Text>
        </Group>
        <StateBar counts={countsOf(s)} height={10} />
        <SimpleGrid cols={{ base: 3, sm: 7 }} className="num" mt="xs">
          <Fact name="Steps" value={s.total} />
          <Fact name="Completed" value={s.completed} />
          <Fact name="Failed" value={s.failed} />
          <Fact name="Cancelled" value={s.cancelled} />
          <Fact name="In progress" value={s.in_progress} />
          <Fact name="Remaining" value={s.remaining} />
          {cost && <Fact name="Spent" value={money(cost.spent, cost.currency)} />}
        </SimpleGrid>
      </Stack>
      {slideless.length > 0 && (
        <Notice
          color="var(--kb-failed)"
          role="alert"
          title={`${plural(slideless.length, 'link')} ${slideless.length === 1 ? 'has' : 'have'} no slides`}
        >
          <Text size="sm">
            Nothing of {slideless.length === 1 ? 'it' : 'them'} was paid. Submit{' '}
            {slideless.length === 1 ? 'it' : 'them'} anew with uploaded slides: link{' '}
            {slideless.map((link) => link.link).join(', ')}.
          </Text>
        </Notice>
      )}
      <LinkRows batchId={id} links={s.links} retriable={s.status !== 'CANCELLED'} onRevived={revive} />
      <Section title="Recent activity">
        {s.recent_activity.length === 0 ? (
          <Text size="sm" className="quiet">
            Nothing has happened yet.
          </Text>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls with the keyboard
          <ol className={classes.feed} tabIndex={0} aria-label="Recent activity">
            {s.recent_activity.map((each) => (
              <li
                key={`${each.time} ${each.link} ${each.variation} ${each.slide} ${each.kind} ${each.state}`}
              >
                <span className="num quiet">{clockTime(Date.parse(each.time))}</span>
                <span>
                  Link {each.link}
                  {each.variation === undefined ? '' : `, variation ${each.variation}`}: {each.message}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Section>
    </Stack>
  );
}
