import { Button, Group, List, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import {
  IconDotsVertical,
  IconDownload,
  IconExternalLink,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../api/client';
import { asProblem } from '../api/problem';
import type { Batch, Cancelled, Retried } from '../api/types';
import { money, plural } from '../ui/numbers';
import { isTerminal } from '../ui/words';

/** What may be done to a batch as it is; nothing that could not work is shown. */
export function Controls({ batch, onRevived }: { batch: Batch; onRevived: () => void }) {
  const queries = useQueryClient();
  const path = `/api/batches/${batch.batch_id}`;
  const failed = (error: unknown) =>
    notifications.show({ color: 'red', title: asProblem(error).title, message: asProblem(error).detail });
  const told = (title: string, message: string) => notifications.show({ title, message });
  const act = (name: string, say: [string, string]) => ({
    mutationFn: () => post<Batch>(`${path}/${name}`),
    onSuccess: () => told(...say),
    onError: failed,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['batches'] }),
  });

  const pause = useMutation(act('pause', ['Paused', 'Calls under way finish; no new one begins.']));
  const resume = useMutation(act('resume', ['Resumed', 'Steps are admitted again.']));
  const retry = useMutation({
    mutationFn: () => post<Retried>(`${path}/retry-failed`),
    onSuccess: (r) => {
      told('Trying again', `${plural(r.steps, 'step')} and ${plural(r.files, 'file')} were brought back.`);
      onRevived();
    },
    onError: failed,
  });
  const cancel = useMutation({
    mutationFn: () => post<Cancelled>(`${path}/cancel`),
    onSuccess: (r) =>
      told(
        r.confirmed ? 'Cancelled' : 'Cancelling',
        r.confirmed
          ? `No new call begins. ${plural(r.begun_steps.length, 'call')} under way will finish and be kept.`
          : 'Workers have yet to confirm; until then calls may still begin.',
      ),
    onError: failed,
  });

  const { counts, cost } = batch;
  const done = isTerminal(batch.status);
  const askCancel = () =>
    modals.openConfirmModal({
      title: 'Cancel this batch?',
      labels: { confirm: 'Cancel the batch', cancel: 'Let it run' },
      confirmProps: { color: 'red' },
      centered: true,
      children: (
        <List size="sm" spacing="xs">
          <List.Item>
            {plural(
              counts.total - counts.succeeded - counts.failed - counts.skipped - counts.running,
              'step',
            )}{' '}
            not begun yet will not run and cost nothing.
          </List.Item>
          <List.Item>
            {plural(counts.running, 'call')} under way: finished, kept and billed
            {counts.running > 0 ? `, up to ${money(cost.held, cost.currency)} in all` : ''}, unless its
            provider can stop it.
          </List.Item>
          <List.Item>
            {plural(counts.succeeded, 'result')} for {money(cost.spent, cost.currency)} stay and are
            delivered.
          </List.Item>
        </List>
      ),
      onConfirm: () => cancel.mutate(),
    });

  const link = batch.delivery.folder_url;
  return (
    <Group gap="xs">
      {!done && batch.status === 'PAUSED' && (
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
      {counts.failed > 0 && batch.status !== 'CANCELLED' && batch.status !== 'CANCELLING' && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          Retry {plural(counts.failed, 'failed step')}
        </Button>
      )}
      {!done && batch.status !== 'CANCELLING' && (
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
      {counts.succeeded > 0 && (
        <Button
          component="a"
          href={`${path}/download`}
          download
          variant={done ? 'filled' : 'default'}
          leftSection={<IconDownload size={16} />}
        >
          {done ? 'Download all' : 'Download what is there'}
        </Button>
      )}
      {link?.startsWith('http') && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px={10} aria-label="More">
              <IconDotsVertical size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              component="a"
              href={link}
              target="_blank"
              rel="noreferrer"
              leftSection={<IconExternalLink size={16} />}
            >
              <Text size="sm">Open the folder</Text>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
