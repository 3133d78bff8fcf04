import { SimpleGrid, Switch } from '@mantine/core';
import { fieldMessage, type Problem } from '../api/problem';
import type { Model } from '../api/types';
import { ModelSelect } from '../models/ModelSelect';
import { Section } from '../ui/Section';
import { WholeNumber } from '../ui/WholeNumber';
import { type Draft, MAX_PER_PROMPT } from './draft';
import { PromptLines } from './PromptLines';

/** What becomes of each photograph. */
export function ImagesSection({
  draft,
  set,
  models,
  problem,
}: {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  models: Model[];
  problem: Problem | null;
}) {
  return (
    <Section
      title="Images"
      aside={
        <Switch
          label="Make images"
          labelPosition="left"
          checked={draft.makeImages}
          onChange={(event) => set({ makeImages: event.currentTarget.checked })}
        />
      }
    >
      {draft.makeImages && (
        <>
          <PromptLines
            label="Image prompts"
            placeholder={'On a marble table in morning light\nIn a snowy forest at dusk'}
            target="i2i"
            value={draft.imagePrompts}
            onChange={(imagePrompts) => set({ imagePrompts })}
            error={fieldMessage(problem, 'i2i_config.prompts')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <ModelSelect
              label="Model"
              models={models}
              value={draft.imageModel}
              onChange={(imageModel) => set({ imageModel })}
              allowDeselect={false}
              error={fieldMessage(problem, 'i2i_config.model')}
            />
            <WholeNumber
              label="Images per prompt"
              min={1}
              max={MAX_PER_PROMPT}
              value={draft.perPrompt}
              onChange={(perPrompt) => set({ perPrompt })}
              error={fieldMessage(problem, 'i2i_config.images_per_prompt')}
            />
          </SimpleGrid>
        </>
      )}
    </Section>
  );
}
