import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { StepPage } from '../api/types';
import { RetryButton } from '../batch/RetryButton';
import { Notice } from '../ui/Notice';
import { plural } from '../ui/numbers';
import { STAGE_WORDS } from '../ui/words';

/** What failed in a generation and why, with a way to have it tried again. */
export function ErrorSummary({
  batchId,
  failed,
  onRetried,
}: {
  batchId: string;
  failed: number;
  onRetried: () => void;
}) {
  const steps = useQuery({
    queryKey: ['failed-steps', batchId, failed],
    queryFn: () => get<StepPage>(`/api/batches/${batchId}/steps?state=FAILED&limit=20`),
    enabled: failed > 0,
  });
  if (failed === 0) return null;
  return (
    <Notice color="var(--kb-failed)" title={`${plural(failed, 'job')} failed`} role="alert">
      <List size="sm" spacing={2}>
        {steps.data?.steps.map((step) => (
          <List.Item key={step.step_id}>
            Sentence {step.group_index + 1}, {STAGE_WORDS[step.kind].toLowerCase()}:{' '}
            {step.error?.message ?? 'no reason was given'}
          </List.Item>
        ))}
      </List>
      {failed > 20 && (
        <Text size="sm" className="quiet">
          The first 20 are shown; all are in the batch.
        </Text>
      )}
      <RetryButton
        batchId={batchId}
        onRevived={onRetried}
        size="compact-sm"
        variant="light"
        style={{ alignSelf: 'flex-start' }}
      >
        Retry what failed
      </RetryButton>
    </Notice>
  );
}
