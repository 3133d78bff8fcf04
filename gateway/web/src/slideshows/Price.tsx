import { Group, Stack, Text } from '@mantine/core';
import type { SlideshowEstimate, StepKind } from '../api/types';
import { money, plural } from '../ui/numbers';
import { STAGE_WORDS } from '../ui/words';

/** The quote, by stage. */
export function Price({ estimate }: { estimate: SlideshowEstimate }) {
  const { cost, counts } = estimate;
  return (
    <Stack gap={4} className="num">
      {(Object.keys(cost.by_step_type) as StepKind[]).map((kind) => (
        <Group key={kind} justify="space-between">
          <Text size="sm" className="quiet">
            {STAGE_WORDS[kind]}, {plural(counts.steps[kind] ?? 0, 'call')}
          </Text>
          <Text size="sm">{money(cost.by_step_type[kind] ?? 0, cost.currency)}</Text>
        </Group>
      ))}
      <Group justify="space-between" align="baseline" mt={4}>
        <Text fw={640}>Total</Text>
        <Text fw={700} size="lg" data-testid="total">
          {money(cost.total, cost.currency)}
        </Text>
      </Group>
    </Stack>
  );
}
