import { Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Batch, Counts, StepChange, StepKind } from '../api/types';
import { StateBar } from '../ui/StateBar';
import { STAGE_WORDS } from '../ui/words';

/** One bar a stage, in the order in which work flows through them. */
export function StageBars({ batch, steps }: { batch: Batch; steps: readonly StepChange[] }) {
  const counts = useMemo(() => countsByKind(steps), [steps]);
  return (
    <Stack className="card" p="md" gap="sm">
      {batch.stages.map((stage) => {
        const of = counts.get(stage.kind);
        return (
          <div key={stage.kind}>
            <Group justify="space-between" mb={6} className="num">
              <Text fw={600}>{STAGE_WORDS[stage.kind]}</Text>
              <Text size="sm" className="quiet">
                {stage.succeeded} of {stage.total} done
                {stage.running > 0 ? ` · ${stage.running} running` : ''}
                {stage.failed > 0 ? ` · ${stage.failed} failed` : ''}
              </Text>
            </Group>
            {of && <StateBar counts={of} height={10} />}
          </div>
        );
      })}
    </Stack>
  );
}

function countsByKind(steps: readonly StepChange[]): Map<StepKind, Counts> {
  const all = new Map<StepKind, Counts>();
  for (const step of steps) {
    let counts = all.get(step.kind);
    if (!counts) {
      counts = {
        total: 0,
        waiting: 0,
        ready: 0,
        queued: 0,
        running: 0,
        retry_wait: 0,
        awaiting_approval: 0,
        unknown: 0,
        succeeded: 0,
        failed: 0,
        cancelled: 0,
        skipped: 0,
      };
      all.set(step.kind, counts);
    }
    counts.total++;
    counts[step.state.toLowerCase() as keyof Counts]++;
  }
  return all;
}
