import {
  Anchor,
  Button,
  Group,
  List,
  Progress,
  SimpleGrid,
  Skeleton,
  Stack,
  Table,
  Text,
} from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconArrowLeft, IconDownload, IconPlus, IconRefresh, IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { get, post } from '../api/client';
import type { Cancelled, LinkStatus, Retried, SlideshowStatus } from '../api/types';
import { LiveMark } from '../batch/LiveMark';
import { useBatchFeed } from '../live/useBatchFeed';
import { useRenewal } from '../live/useRenewal';
import { clockTime, duration, money, plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { StatusBadge } from '../ui/StatusBadge';
import { told, toldFailure } from '../ui/toast';
import { usePageTitle } from '../ui/usePageTitle';
import { isTerminal } from '../ui/words';
import classes from './Slideshows.module.css';

const LINK_WORDS: Record<LinkStatus, [string, string]> = {
  resolving: ['Looking for slides', 'var(--kb-queued)'],
  resolved: ['Slides found', 'var(--kb-queued)'],
  waiting: ['Waiting', 'var(--kb-waiting)'],
  in_progress: ['In progress', 'var(--kb-running)'],
  waiting_for_decision: ['Waiting for you', 'var(--kb-held)'],
  completed: ['Completed', 'var(--kb-succeeded)'],
  completed_with_failures: ['Completed with failures', 'var(--kb-unknown)'],
  failed: ['Failed', 'var(--kb-failed)'],
  cancelled: ['Cancelled', 'var(--kb-stopped)'],
};

/** A slideshow batch: its numbers, its links, and what has just happened. */
export function SlideshowPage() {
  const { id = '' } = useParams();
  const [revived, setRevived] = useState(0);
  const feed = useBatchFeed(id, revived);
  const status = useQuery({
    queryKey: ['slideshow', id],
    queryFn: () => get<SlideshowStatus>(`/api/batch/${id}/status`),
    refetchInterval: (query) => (query.state.data && isTerminal(query.state.data.status) ? false : 2_000),
  });
  useRenewal(feed, ['slideshow', id]);
  usePageTitle(status.data?.name ?? 'Slideshows');
  const retry = useMutation({
    mutationFn: (links?: number[]) =>
      post<Retried>(`/api/batch/${id}/retry-failed`, links ? { links } : undefined),
    onSuccess: (r) => {
      told('Trying again', `${plural(r.steps, 'step')} and ${plural(r.files, 'file')} were brought back.`);
      setRevived((n) => n + 1);
    },
    onError: toldFailure,
  });
  const cancel = useMutation({
    mutationFn: () => post<Cancelled>(`/api/batch/${id}/cancel`),
    onSuccess: (r) =>
      told(
        r.confirmed ? 'Cancelled' : 'Cancelling',
        r.confirmed
          ? `No new call begins. ${plural(r.begun_steps.length, 'call')} under way will finish and be kept.`
          : 'Workers have yet to confirm; until then calls may still begin.',
      ),
    onError: toldFailure,
  });
  if (status.error && !status.data) return <ProblemNote error={status.error} />;
  if (!status.data) {
    return (
      <Stack maw={1240} mx="auto" gap="md" aria-busy aria-label="The slideshows are being read">
        <Skeleton h={34} w={320} />
        <Skeleton h={320} radius="lg" />
      </Stack>
    );
  }
  const s = status.data;
  const done = isTerminal(s.status);
  const cost = feed.batch?.cost;
  // why these: links whose slides cannot be had are to be submitted anew, retrying brings nothing of them back
  const failedSteps = s.links.some((link) => link.failed > 0 && !link.error?.code.startsWith('slides_'));
  const askCancel = () =>
    modals.openConfirmModal({
      title: 'Cancel this batch?',
      centered: true,
      labels: { confirm: 'Cancel the batch', cancel: 'Let it run' },
      confirmProps: { color: 'red' },
      children: (
        <List size="sm" spacing="xs">
          <List.Item>{plural(s.remaining, 'step')} not begun yet will not run and cost nothing.</List.Item>
          <List.Item>
            {plural(s.in_progress, 'step')} in progress: calls under way finish and are billed.
          </List.Item>
          <List.Item>
            {plural(s.completed, 'result')}
            {cost ? ` for ${money(cost.spent, cost.currency)}` : ''} stay and are delivered.
          </List.Item>
        </List>
      ),
      onConfirm: () => cancel.mutate(),
    });
  return (
    <Stack gap="lg" maw={1240} mx="auto">
      <Anchor
        component={Link}
        to="/batches?kind=slideshow"
        size="sm"
        className="quiet"
        style={{ alignSelf: 'flex-start' }}
      >
        <Group gap={6}>
          <IconArrowLeft size={15} aria-hidden /> All slideshow batches
        </Group>
      </Anchor>
      <PageHead title={s.name}>
        {!done && s.status !== 'CANCELLING' && (
          <Button
            variant="light"
            color="red"
            leftSection={<IconX size={16} />}
            loading={cancel.isPending}
            onClick={askCancel}
          >
            Cancel
          </Button>
        )}
        {failedSteps && s.status !== 'CANCELLED' && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={retry.isPending}
            onClick={() => retry.mutate(undefined)}
          >
            Retry failed
          </Button>
        )}
        {s.completed > 0 && (
          <Button
            component="a"
            href={`/api/batches/${id}/download`}
            download
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            Download all
          </Button>
        )}
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
        <Progress value={s.percent} size="lg" aria-label="Progress" />
        <SimpleGrid cols={{ base: 3, sm: 7 }} className="num" mt="xs">
          <Figure name="Steps" value={s.total} />
          <Figure name="Completed" value={s.completed} />
          <Figure name="Failed" value={s.failed} />
          <Figure name="Cancelled" value={s.cancelled} />
          <Figure name="In progress" value={s.in_progress} />
          <Figure name="Remaining" value={s.remaining} />
          {cost && (
            <div>
              <Text size="xs" className="quiet">
                Spent
              </Text>
              <Text fw={640}>{money(cost.spent, cost.currency)}</Text>
            </div>
          )}
        </SimpleGrid>
      </Stack>
      <Section
        title="Links"
        aside={`${s.links.filter((link) => link.status === 'completed').length} of ${s.links.length} completed`}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls with the keyboard */}
        <section className={classes.table} tabIndex={0} aria-label="Links of the batch">
          <Table verticalSpacing="sm" className="num">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={36}>#</Table.Th>
                <Table.Th>Link</Table.Th>
                <Table.Th w={200}>State</Table.Th>
                <Table.Th w={70}>Slides</Table.Th>
                <Table.Th w={200}>Steps</Table.Th>
                <Table.Th w={150}>
                  <span className="visually-hidden">Actions</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {s.links.map((link) => {
                const [word, color] = LINK_WORDS[link.status];
                const ended = link.completed + link.failed + link.cancelled;
                return (
                  <Table.Tr key={link.link} data-link={link.link}>
                    <Table.Td>{link.link}</Table.Td>
                    <Table.Td style={{ maxWidth: 300 }}>
                      <Text size="sm" fw={600} truncate>
                        {link.username ? `@${link.username}` : link.folder}
                      </Text>
                      <Anchor href={link.url} target="_blank" rel="noreferrer" size="xs">
                        {link.url.replace('https://www.', '')}
                      </Anchor>
                      {link.error && (
                        <Text size="xs" c="red">
                          {link.error.message}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td>
                      <Group gap={8} wrap="nowrap">
                        <span className="dot" style={{ background: color }} aria-hidden />
                        <Text size="sm">{word}</Text>
                      </Group>
                    </Table.Td>
                    <Table.Td>{link.slides ?? '–'}</Table.Td>
                    <Table.Td>
                      <Text size="sm">
                        {ended} of {link.total}
                        {link.failed > 0 ? `, ${link.failed} failed` : ''}
                      </Text>
                      <Progress
                        value={link.total === 0 ? 0 : (100 * ended) / link.total}
                        size="sm"
                        mt={4}
                        aria-label={`Progress of link ${link.link}`}
                      />
                    </Table.Td>
                    <Table.Td>
                      <Group gap={6} justify="flex-end" wrap="nowrap">
                        {link.failed > 0 &&
                          !link.error?.code.startsWith('slides_') &&
                          s.status !== 'CANCELLED' && (
                            <Button
                              size="compact-xs"
                              variant="light"
                              aria-label={`Retry link ${link.link}`}
                              onClick={() => retry.mutate([link.link])}
                            >
                              Retry
                            </Button>
                          )}
                        {link.completed > 0 && (
                          <Button
                            component="a"
                            size="compact-xs"
                            variant="subtle"
                            href={`/api/batches/${id}/groups/${link.link - 1}/download`}
                            download
                            aria-label={`Download link ${link.link}`}
                          >
                            Download
                          </Button>
                        )}
                      </Group>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </section>
      </Section>
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

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <Text size="xs" className="quiet">
        {name}
      </Text>
      <Text fw={640} data-figure={name}>
        {value.toLocaleString('en-US')}
      </Text>
    </div>
  );
}
