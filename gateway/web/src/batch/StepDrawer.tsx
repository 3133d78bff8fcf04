import { Anchor, Badge, Button, Drawer, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { post } from '../api/client';
import type { Approvals, Batch, Step, StepChange } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { bytes, duration, money } from '../ui/numbers';
import { StateWord } from '../ui/StatusBadge';
import { toldFailure } from '../ui/toast';
import { STEP_WORDS, STOPPED_WORDS } from '../ui/words';
import { Media } from './Media';
import { useSteps } from './useSteps';

/** Videos of one image, at most. */
const CHILDREN = 10;

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
  // why those behind it: a plan is written depth first, so what was made of a step stands after it
  const near = ordinal === null ? [] : Array.from({ length: 1 + CHILDREN }, (_, i) => ordinal + i);
  const details = useSteps(
    batch.batch_id,
    feed,
    near.filter((each) => each < feed.steps.length),
  );
  const step = details.get(ordinal ?? -1);
  const children = step ? [...details.values()].filter((each) => each.parent_id === step.step_id) : [];
  const live = ordinal === null ? undefined : feed.steps[ordinal];
  const parent = step?.parent_id ? feed.steps.find((s) => s.step_id === step.parent_id) : undefined;
  const approve = useMutation({
    mutationFn: (decision: 'approve' | 'reject') =>
      post(`/api/batches/${batch.batch_id}/approvals`, {
        decision,
        step_ids: step ? [step.step_id] : [],
      } satisfies Approvals),
    onError: toldFailure,
  });
  return (
    <Drawer
      opened={ordinal !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={live ? `${STEP_WORDS[live.kind]} ${live.ordinal + 1}` : ''}
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
            <Group gap="xs" grow>
              <Button
                variant="light"
                color="red"
                disabled={approve.isPending}
                onClick={() => approve.mutate('reject')}
              >
                Reject
              </Button>
              <Button loading={approve.isPending} onClick={() => approve.mutate('approve')}>
                Approve for {money(step.price, step.currency)}
              </Button>
            </Group>
          )}
          <Facts step={step} />
          {parent && (
            <Text size="sm">
              Made from <StepLink step={parent} onOpen={onOpen} />
            </Text>
          )}
          {children.length > 0 && (
            <Text size="sm">
              Became{' '}
              {children.map((child, index) => (
                <span key={child.step_id}>
                  {index > 0 && ', '}
                  <StepLink step={child} onOpen={onOpen} />
                </span>
              ))}
            </Text>
          )}
        </Stack>
      )}
    </Drawer>
  );
}

function StepLink({ step, onOpen }: { step: StepChange | Step; onOpen: (ordinal: number) => void }) {
  return (
    <Anchor component="button" size="sm" underline="always" onClick={() => onOpen(step.ordinal)}>
      {STEP_WORDS[step.kind].toLowerCase()} {step.ordinal + 1}
    </Anchor>
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
