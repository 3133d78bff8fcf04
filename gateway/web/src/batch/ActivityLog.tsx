import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { get } from '../api/client';
import type { Batch, Step, StepKind, StepPage } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { clockTime } from '../ui/numbers';
import { StateWord } from '../ui/StatusBadge';
import { STEP_WORDS } from '../ui/words';
import classes from './ActivityLog.module.css';
import { logOf } from './activity';
import { StageSelect } from './StageSelect';

/** Steps whose past is read; of a larger batch only what is seen live is told. */
const MAX_STEPS = 2_000;
const PER_PAGE = 500;

/** What has happened, newest first, of all stages or of one. */
export function ActivityLog({ batch, feed }: { batch: Batch; feed: BatchState }) {
  const [kind, setKind] = useState<StepKind | null>(null);
  const small = batch.counts.total <= MAX_STEPS;
  const past = useQuery({
    queryKey: ['past', batch.batch_id, feed.connection === 'ended'],
    queryFn: () => allSteps(batch.batch_id),
    enabled: small,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const lines = useMemo(() => logOf(past.data ?? [], feed.activity, kind), [past.data, feed.activity, kind]);
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <StageSelect batch={batch} value={kind} onChange={setKind} />
        <Text size="sm" className="quiet num">
          {small
            ? lines.length === 500
              ? 'The latest 500 lines'
              : ''
            : 'Since this page was opened; the times of each step are in Steps.'}
        </Text>
      </Group>
      {lines.length === 0 ? (
        <Text className="quiet">
          {past.isFetching ? 'The log is being read.' : 'Nothing has happened yet.'}
        </Text>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls with the keyboard
        <ol className={`card num ${classes.log}`} tabIndex={0} aria-label="Activity">
          {lines.map((line) => (
            <li key={`${line.ordinal} ${line.epoch} ${line.state}`} className={classes.line}>
              <time>{clockTime(line.at)}</time>
              <span>
                {STEP_WORDS[line.kind]} {line.ordinal + 1}
                {line.epoch > 1 ? `, admission ${line.epoch}` : ''}
              </span>
              <span className={classes.prompt}>{line.prompt}</span>
              <StateWord state={line.state} />
            </li>
          ))}
        </ol>
      )}
    </Stack>
  );
}

async function allSteps(batchId: string): Promise<Step[]> {
  const steps: Step[] = [];
  let cursor: string | null = null;
  do {
    const page: StepPage = await get<StepPage>(
      `/api/batches/${batchId}/steps?limit=${PER_PAGE}${cursor === null ? '' : `&cursor=${cursor}`}`,
    );
    steps.push(...page.steps);
    cursor = page.next_cursor;
  } while (cursor !== null && steps.length < MAX_STEPS);
  return steps;
}
