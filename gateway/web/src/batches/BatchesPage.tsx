import { Button, Group, Menu, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronDown, IconPlus, IconSearch, IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { get } from '../api/client';
import type { BatchPage } from '../api/types';
import { Empty } from '../ui/Empty';
import { LoadingRows } from '../ui/Loading';
import { MoreButton } from '../ui/MoreButton';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { usePageTitle } from '../ui/usePageTitle';
import { isTerminal, KIND_WORDS, STATUS_WORDS } from '../ui/words';
import { BatchRow } from './BatchRow';

const DOORS = [
  ['/pipeline', 'Bulk pipeline'],
  ['/variants', 'Variants'],
  ['/scenes', 'Scene rows'],
  ['/storyboards', 'Storyboard'],
  ['/slideshows', 'Slideshows'],
] as const;

const choices = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** All batches of the key, newest first. What is under way is asked for every two seconds. */
export function BatchesPage() {
  usePageTitle('Batches');
  const [search, setSearch] = useSearchParams();
  const filter = { name: search.get('name') ?? '', kind: search.get('kind'), status: search.get('status') };
  const [name] = useDebouncedValue(filter.name, 250);
  const set = (key: string, value: string | null) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );

  const pages = useInfiniteQuery({
    queryKey: ['batches', name, filter.kind, filter.status],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ limit: '30' });
      if (name) query.set('name', name);
      if (filter.kind) query.set('kind', filter.kind);
      if (filter.status) query.set('status', filter.status);
      if (pageParam) query.set('cursor', pageParam);
      return get<BatchPage>(`/api/batches?${query}`);
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.batches.some((b) => !isTerminal(b.status)))
        ? 2_000
        : 10_000,
    placeholderData: (before) => before,
  });
  const batches = pages.data?.pages.flatMap((page) => page.batches) ?? [];
  const filtered = Boolean(filter.name || filter.kind || filter.status);

  return (
    <Stack gap="lg" maw={1240} mx="auto">
      <PageHead title="Batches" note="Everything that was asked for, whichever way, the newest first.">
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <Button leftSection={<IconPlus size={17} />} rightSection={<IconChevronDown size={15} />}>
              New batch
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {DOORS.map(([to, label]) => (
              <Menu.Item key={to} component={Link} to={to}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </PageHead>
      <Group gap="sm">
        <TextInput
          aria-label="Search by name"
          placeholder="Search by name"
          leftSection={<IconSearch size={16} />}
          value={filter.name}
          onChange={(event) => set('name', event.currentTarget.value)}
          style={{ flex: '1 1 220px' }}
        />
        <Select
          aria-label="Kind"
          placeholder="All kinds"
          data={choices(KIND_WORDS)}
          value={filter.kind}
          onChange={(value) => set('kind', value)}
          clearable
          style={{ flex: '1 1 150px', maxWidth: 220 }}
        />
        <Select
          aria-label="Status"
          placeholder="Any status"
          data={choices(STATUS_WORDS)}
          value={filter.status}
          onChange={(value) => set('status', value)}
          clearable
          style={{ flex: '1 1 150px', maxWidth: 220 }}
        />
      </Group>
      {pages.error && <ProblemNote error={pages.error} />}
      {batches.length > 0 && (
        <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} data-testid="batches">
          {batches.map((batch) => (
            <BatchRow key={batch.batch_id} batch={batch} />
          ))}
        </Stack>
      )}
      {pages.isPending && <LoadingRows what="The batches" />}
      {pages.data && batches.length === 0 && filtered && (
        <Empty title="No batch fits" icon={IconSearch}>
          Try another name, kind or status.
        </Empty>
      )}
      {pages.data && batches.length === 0 && !filtered && (
        <Empty
          title="No batches yet"
          icon={IconStack2}
          action={
            <Button component={Link} to="/pipeline">
              Make the first one
            </Button>
          }
        >
          Combine a few photographs with a few prompts, and every combination is made for you.
        </Empty>
      )}
      <MoreButton pages={pages}>Older batches</MoreButton>
    </Stack>
  );
}
