import { Accordion, Group, Text } from '@mantine/core';
import type { Estimate, StepKind } from '../api/types';
import { money, plural } from '../ui/numbers';
import { STAGE_WORDS } from '../ui/words';
import { type Draft, product } from './draft';

/** The quote, by stage; each stage unfolds into what it multiplies. */
export function CostTree({ estimate, draft }: { estimate: Estimate; draft: Draft }) {
  const { cost, counts } = estimate;
  const p = product(draft);
  const factors: Partial<Record<StepKind, string>> = {
    i2i: `${plural(p.sources, 'photograph')} × ${plural(p.imagePrompts, 'prompt')}${p.perPrompt > 1 ? ` × ${p.perPrompt} each` : ''}`,
    i2v: `${plural(draft.makeImages ? p.images : p.sources, draft.makeImages ? 'image' : 'photograph')} × ${plural(p.videoPrompts, 'motion prompt')}, ${draft.durationSec} s at ${draft.resolution}`,
  };
  const kinds = (Object.keys(cost.by_step_type) as StepKind[]).filter((kind) => counts.steps[kind]);
  return (
    <div className="num">
      <Accordion multiple variant="default" chevronPosition="left" styles={{ content: { paddingTop: 0 } }}>
        {kinds.map((kind) => (
          <Accordion.Item key={kind} value={kind}>
            <Accordion.Control py={4}>
              <Group justify="space-between" wrap="nowrap">
                <Text size="sm">{STAGE_WORDS[kind]}</Text>
                <Text size="sm" fw={600}>
                  {money(cost.by_step_type[kind] ?? 0, cost.currency)}
                </Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <Text size="sm" className="quiet">
                {factors[kind]}
              </Text>
              <Text size="sm" className="quiet">
                {plural(counts.steps[kind] ?? 0, 'call')} of{' '}
                {kind === 'i2v' ? draft.videoModel : draft.imageModel}
              </Text>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      <Group justify="space-between" mt="sm" align="baseline">
        <Text fw={640}>Total</Text>
        <Text fw={700} size="lg" data-testid="total">
          {money(cost.total, cost.currency)}
        </Text>
      </Group>
      {counts.reused_steps > 0 && (
        <Text size="sm" className="quiet">
          {plural(counts.reused_steps, 'step')} are there already and cost nothing.
        </Text>
      )}
    </div>
  );
}
