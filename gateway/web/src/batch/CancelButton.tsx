import { Button, List } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../api/client';
import type { Cancelled } from '../api/types';
import { plural } from '../ui/numbers';
import { told, toldFailure } from '../ui/toast';

/** Cancels a batch, after it has been said what that stops, what it does not, and what is billed. */
export function CancelButton({
  batchId,
  noun = 'batch',
  consequences,
  onCancelled,
}: {
  batchId: string;
  noun?: string;
  consequences: string[];
  onCancelled?: () => void;
}) {
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => post<Cancelled>(`/api/batches/${batchId}/cancel`),
    onSuccess: (r) =>
      told(
        r.confirmed ? 'Cancelled' : 'Cancelling',
        r.confirmed
          ? `No new call begins. ${plural(r.begun_steps.length, 'call')} under way will finish and be kept.`
          : 'Workers have yet to confirm; until then calls may still begin.',
      ),
    onError: toldFailure,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['batches'] });
      onCancelled?.();
    },
  });
  const ask = () =>
    modals.openConfirmModal({
      title: `Cancel this ${noun}?`,
      centered: true,
      labels: { confirm: `Cancel the ${noun}`, cancel: 'Let it run' },
      confirmProps: { color: 'red' },
      children: (
        <List size="sm" spacing="xs">
          {consequences.map((words) => (
            <List.Item key={words}>{words}</List.Item>
          ))}
        </List>
      ),
      onConfirm: () => cancel.mutate(),
    });
  return (
    <Button
      variant="light"
      color="red"
      leftSection={<IconX size={16} />}
      loading={cancel.isPending}
      onClick={ask}
    >
      Cancel
    </Button>
  );
}
