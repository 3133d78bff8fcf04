import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { post } from '../api/client';
import type { Approvals, Batch, Decision } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { Notice } from '../ui/Notice';
import { money, plural } from '../ui/numbers';
import { toldFailure } from '../ui/toast';
import { STAGE_WORDS } from '../ui/words';
import { useSteps } from './useSteps';

const SHOWN = 20;

/** What the batch waits for a person to decide: approvals, and calls of which nobody knows the end. */
export function Decisions({ batch, feed }: { batch: Batch; feed: BatchState }) {
  const waiting = feed.steps.filter((step) => step.state === 'AWAITING_APPROVAL');
  const unknown = feed.steps.filter((step) => step.state === 'UNKNOWN');
  const shown = unknown.slice(0, SHOWN);
  const details = useSteps(
    batch.batch_id,
    feed,
    shown.map((step) => step.ordinal),
  );
  const approve = useMutation({
    mutationFn: (decision: 'approve' | 'reject') =>
      post(`/api/batches/${batch.batch_id}/approvals`, { decision, all: true } satisfies Approvals),
    onError: toldFailure,
  });
  const decide = useMutation({
    mutationFn: ({ stepId, decision }: { stepId: string; decision: Decision }) =>
      post(`/api/batches/${batch.batch_id}/steps/${stepId}/decision`, { decision }),
    onError: toldFailure,
  });

  return (
    <>
      {waiting.length > 0 && (
        <Notice
          color="var(--kb-held)"
          title={`${plural(waiting.length, 'step')} ${waiting.length === 1 ? 'waits' : 'wait'} for your approval`}
        >
          <Group justify="space-between">
            <Text size="sm">
              They cost nothing until you approve them: one by one at the tiles below, or all at once.
            </Text>
            <Group gap="xs">
              <Button
                size="xs"
                variant="subtle"
                color="red"
                disabled={approve.isPending}
                onClick={() => approve.mutate('reject')}
              >
                {waiting.length === 1 ? 'Reject' : `Reject all ${waiting.length}`}
              </Button>
              <Button size="xs" loading={approve.isPending} onClick={() => approve.mutate('approve')}>
                {waiting.length === 1 ? 'Approve' : `Approve all ${waiting.length}`}
              </Button>
            </Group>
          </Group>
        </Notice>
      )}
      {unknown.length > 0 && (
        <Notice
          color="var(--kb-unknown)"
          title={`${plural(unknown.length, 'call')} ended without anybody learning how`}
        >
          <Text size="sm" mb="sm">
            The provider may have billed them. Retrying pays again; giving up fails the step and skips what
            depends on it.
          </Text>
          <Stack gap="xs">
            {shown.map((step) => {
              const detail = details.get(step.ordinal);
              return (
                <Group key={step.step_id} justify="space-between" gap="xs 8px">
                  <Text size="sm" truncate>
                    {STAGE_WORDS[step.kind]}, step {step.ordinal + 1}
                    {detail ? `: ${detail.prompt}` : ''}
                  </Text>
                  <Group gap="xs" wrap="nowrap">
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Retry${detail ? ` for ${money(detail.price, detail.currency)}` : ''}, step ${step.ordinal + 1}`}
                      onClick={() => decide.mutate({ stepId: step.step_id, decision: 'retry' })}
                    >
                      Retry{detail ? ` for ${money(detail.price, detail.currency)}` : ''}
                    </Button>
                    <Button
                      size="xs"
                      variant="subtle"
                      color="red"
                      aria-label={`Give up, step ${step.ordinal + 1}`}
                      onClick={() => decide.mutate({ stepId: step.step_id, decision: 'give_up' })}
                    >
                      Give up
                    </Button>
                  </Group>
                </Group>
              );
            })}
            {unknown.length > SHOWN && (
              <Text size="sm" className="quiet">
                and {unknown.length - SHOWN} more, which show once these are decided
              </Text>
            )}
          </Stack>
        </Notice>
      )}
    </>
  );
}
