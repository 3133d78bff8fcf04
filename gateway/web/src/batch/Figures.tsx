import { Anchor, CopyButton, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Batch } from '../api/types';
import { clockTime, duration, money, plural } from '../ui/numbers';
import { ended, percent, StateBar } from '../ui/StateBar';
import { useNow } from '../ui/useNow';
import { isTerminal } from '../ui/words';

/** Progress, money, time and files in four cards. */
export function Figures({ batch }: { batch: Batch }) {
  const now = useNow(1_000);
  const { counts, cost, delivery } = batch;
  const done = isTerminal(batch.status);
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="sm">
      <Figure title="Progress" value={`${percent(counts)}%`}>
        <StateBar counts={counts} />
        <Text size="sm" className="quiet" mt={6}>
          {ended(counts)} of {plural(counts.total, 'step')} ended
          {counts.failed > 0 ? `, ${counts.failed} failed` : ''}
        </Text>
      </Figure>
      <Figure title="Spent" value={money(cost.spent, cost.currency)}>
        <Text size="sm" className="quiet">
          of {money(cost.quoted, cost.currency)} quoted
        </Text>
        {!done && (
          <Text size="sm" className="quiet">
            {money(cost.held, cost.currency)} held, {money(cost.to_finish, cost.currency)} to finish
          </Text>
        )}
      </Figure>
      <Figure
        title={done ? 'Took' : batch.eta.p50_seconds == null ? 'Under way for' : 'Ready in'}
        value={time(batch, now)}
      >
        <Text size="sm" className="quiet">
          {done
            ? span(batch)
            : batch.eta.p90_seconds == null
              ? 'how long it will take is not known yet'
              : `${duration(batch.eta.p90_seconds)} in nine cases of ten`}
        </Text>
      </Figure>
      <Figure title="Files delivered" value={delivery.files.toLocaleString('en-US')}>
        <Folder url={delivery.folder_url} />
      </Figure>
    </SimpleGrid>
  );
}

function Figure({ title, value, children }: { title: string; value: string; children: ReactNode }) {
  return (
    <Stack className="card num" p="md" gap={4}>
      <Text size="sm" className="quiet">
        {title}
      </Text>
      <Text size="xl" fw={680} lh={1.2} data-figure={title}>
        {value}
      </Text>
      {children}
    </Stack>
  );
}

function time(batch: Batch, now: number): string {
  if (isTerminal(batch.status) && batch.started_at && batch.finished_at) {
    return duration((Date.parse(batch.finished_at) - Date.parse(batch.started_at)) / 1000);
  }
  if (batch.eta.p50_seconds != null) return `~${duration(batch.eta.p50_seconds)}`;
  return batch.started_at ? duration((now - Date.parse(batch.started_at)) / 1000) : '–';
}

function span({ started_at, finished_at }: Batch): string {
  if (!started_at || !finished_at) return '';
  return `from ${clockTime(Date.parse(started_at))} to ${clockTime(Date.parse(finished_at))}`;
}

/** Where the files are: a link where a browser can go there, else the folder's name and a way to copy its path. */
function Folder({ url }: { url: string | null }) {
  if (url === null) {
    return (
      <Text size="sm" className="quiet">
        none yet
      </Text>
    );
  }
  if (url.startsWith('http')) {
    return (
      <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
        Open the folder
      </Anchor>
    );
  }
  const path = decodeURIComponent(url.replace(/^file:\/\//, ''));
  return (
    <CopyButton value={path}>
      {({ copied, copy }) => (
        <Anchor component="button" type="button" size="sm" ta="left" title={path} onClick={copy}>
          {copied ? 'The path is copied' : 'Copy the path of the folder'}
        </Anchor>
      )}
    </CopyButton>
  );
}
