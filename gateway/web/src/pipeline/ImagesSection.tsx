import { SimpleGrid } from '@mantine/core';
import { fieldMessage } from '../api/problem';
import { ModelSelect } from '../models/ModelSelect';
import { WholeNumber } from '../ui/WholeNumber';
import { MAX_PER_PROMPT } from './draft';
import { PromptLines } from './PromptLines';
import { type StageProps, StageSection } from './StageSection';

/** What becomes of each photograph. */
export function ImagesSection({ draft, set, models, problem }: StageProps) {
  return (
    <StageSection title="Images" on={draft.makeImages} onToggle={(makeImages) => set({ makeImages })}>
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
    </StageSection>
  );
}
