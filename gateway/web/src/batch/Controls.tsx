import { Button, Group } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../api/client';
import type { Batch } from '../api/types';
import { money, plural } from '../ui/numbers';
import { told, toldFailure } from '../ui/toast';
import { isTerminal } from '../ui/words';
import { CancelButton } from './CancelButton';
import { DownloadButton } from './DownloadButton';
import { RetryButton } from './RetryButton';

/** What may be done to a batch as it is; nothing that could not work is shown. */
export function Controls({ batch, onRevived }: { batch: Batch; onRevived: () => void }) {
  const queries = useQueryClient();
  const act = (name: 'pause' | 'resume', title: string, message: string) => ({
    mutationFn: () => post<Batch>(`/api/batches/${batch.batch_id}/${name}`),
    onSuccess: () => told(title, message),
    onError: toldFailure,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['batches'] }),
  });
  const pause = useMutation(act('pause', 'Paused', 'Calls under way finish; no new one begins.'));
  const resume = useMutation(act('resume', 'Resumed', 'Steps are admitted again.'));

  const { counts, cost, delivery } = batch;
  const done = isTerminal(batch.status);
  const undelivered = done && /FAIL/.test(delivery.status);
  const left = counts.waiting + counts.ready + counts.queued + counts.retry_wait + counts.awaiting_approval;
  return (
    <Group gap="xs">
      {batch.status === 'PAUSED' && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} />}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          Resume
        </Button>
      )}
      {(batch.status === 'RUNNING' || batch.status === 'QUEUED') && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} />}
          loading={pause.isPending}
          onClick={() => pause.mutate()}
        >
          Pause
        </Button>
      )}
      {(counts.failed > 0 || undelivered) &&
        batch.status !== 'CANCELLED' &&
        batch.status !== 'CANCELLING' && (
          <RetryButton batchId={batch.batch_id} onRevived={onRevived}>
            Retry {counts.failed > 0 ? plural(counts.failed, 'failed step') : 'failed deliveries'}
          </RetryButton>
        )}
      {!done && batch.status !== 'CANCELLING' && (
        <CancelButton
          batchId={batch.batch_id}
          consequences={[
            `${plural(left, 'step')} not begun yet will not run and cost nothing.`,
            `${plural(counts.running, 'call')} under way: finished, kept and billed${
              counts.running > 0 ? `, up to ${money(cost.held, cost.currency)} in all` : ''
            }, unless its provider can stop it.`,
            `${plural(counts.succeeded, 'result')} for ${money(cost.spent, cost.currency)} stay and are delivered.`,
          ]}
        />
      )}
      {counts.succeeded > 0 && (
        <DownloadButton batchId={batch.batch_id} variant={done ? 'filled' : 'default'}>
          {done ? 'Download all' : 'Download what is there'}
        </DownloadButton>
      )}
    </Group>
  );
}
