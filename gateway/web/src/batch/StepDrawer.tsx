import { Anchor, Badge, Button, Drawer, Group, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { post } from '../api/client';
import { asProblem } from '../api/problem';
import type { Batch, Step } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { bytes, duration, money } from '../ui/numbers';
import { StateWord } from '../ui/StatusBadge';
import { STAGE_WORDS, STOPPED_WORDS } from '../ui/words';
import { Media } from './Media';
import { useSteps } from './useSteps';

/** All there is to know of one step, with the way to its parent. */
export function StepDrawer({
  batch,
  feed,
  ordinal,
  onClose,
  onOpen,
}: {
  batch: Batch;
  feed: BatchState;
  ordinal: number | null;
  onClose: () => void;
  onOpen: (ordinal: number) => void;
}) {
  const step = useSteps(batch.batch_id, feed, ordinal === null ? [] : [ordinal]).get(ordinal ?? -1);
  const live = ordinal === null ? undefined : feed.steps[ordinal];
  const parent = step?.parent_id ? feed.steps.find((s) => s.step_id === step.parent_id) : undefined;
  const approve = useMutation({
    mutationFn: (id: string) => post(`/api/batches/${batch.batch_id}/approvals`, { step_ids: [id] }),
    onError: (error) =>
      notifications.show({ color: 'red', title: asProblem(error).title, message: asProblem(error).detail }),
  });
  return (
    <Drawer
      opened={ordinal !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={live ? `${STAGE_WORDS[live.kind].replace(/s$/, '')} ${live.ordinal + 1}` : ''}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {step && live && (
        <Stack gap="md">
          <Group justify="space-between">
            <StateWord state={live.state} />
            <Badge variant="default" tt="none">
              {step.model}
            </Badge>
          </Group>
          {step.outputs.map((output) => (
            <Media key={output.artifact_id} output={output} alt={step.prompt} />
          ))}
          <Text>{step.prompt}</Text>
          {step.error && live.state !== 'SUCCEEDED' && (
            <Text c="red" size="sm">
              {step.error.message}
            </Text>
          )}
          {live.state === 'AWAITING_APPROVAL' && (
            <Button loading={approve.isPending} onClick={() => approve.mutate(step.step_id)}>
              Approve for {money(step.price, step.currency)}
            </Button>
          )}
          <Facts step={step} />
          {parent && (
            <Text size="sm">
              Made from{' '}
              <Anchor component="button" size="sm" onClick={() => onOpen(parent.ordinal)}>
                {STAGE_WORDS[parent.kind].replace(/s$/, '').toLowerCase()} {parent.ordinal + 1}
              </Anchor>
            </Text>
          )}
        </Stack>
      )}
    </Drawer>
  );
}

function Facts({ step }: { step: Step }) {
  const output = step.outputs[0];
  const facts: [string, string | undefined][] = [
    ['Price', money(step.price, step.currency)],
    ['Billed', step.cost == null ? undefined : money(step.cost, step.currency)],
    ['Try', `${step.attempt} of ${step.max_attempts}`],
    ['Cancel', step.stopped && STOPPED_WORDS[step.stopped]],
    ['Size', output?.width_px ? `${output.width_px} × ${output.height_px} px` : undefined],
    ['Length', output?.seconds ? duration(output.seconds) : undefined],
    ['File', output ? `${output.media_type}, ${bytes(output.bytes)}` : undefined],
    [
      'Call took',
      step.started_at && step.finished_at
        ? duration((Date.parse(step.finished_at) - Date.parse(step.started_at)) / 1000)
        : undefined,
    ],
    ['In the tree', step.paths[0]?.join(' / ')],
    ['Step id', step.step_id],
  ];
  return (
    <Table className="num" fz="sm" verticalSpacing={6}>
      <Table.Tbody>
        {facts.map(
          ([name, value]) =>
            value && (
              <Table.Tr key={name}>
                <Table.Th fw={500} className="quiet" w={110}>
                  {name}
                </Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
              </Table.Tr>
            ),
        )}
      </Table.Tbody>
    </Table>
  );
}
