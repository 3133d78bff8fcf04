import { Select, SimpleGrid } from '@mantine/core';
import { fieldMessage } from '../api/problem';
import { ModelSelect } from '../models/ModelSelect';
import { WholeNumber } from '../ui/WholeNumber';
import { PromptLines } from './PromptLines';
import { type StageProps, StageSection } from './StageSection';

/** What becomes of each image, or of each photograph where no images are made. */
export function VideosSection({ draft, set, models, problem }: StageProps) {
  const can = models.find((model) => model.id === draft.videoModel)?.capabilities;
  return (
    <StageSection title="Videos" on={draft.makeVideos} onToggle={(makeVideos) => set({ makeVideos })}>
      <PromptLines
        label="Motion prompts"
        placeholder={'Slow zoom in\nPan from left to right'}
        target="i2v"
        value={draft.videoPrompts}
        onChange={(videoPrompts) => set({ videoPrompts })}
        error={fieldMessage(problem, 'i2v_config.prompts')}
      />
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <ModelSelect
          label="Model"
          models={models}
          value={draft.videoModel}
          onChange={(videoModel) => set({ videoModel })}
          allowDeselect={false}
          error={fieldMessage(problem, 'i2v_config.model')}
        />
        <Select
          label="Resolution"
          data={can?.resolutions ?? []}
          value={draft.resolution}
          onChange={(resolution) => set({ resolution })}
          allowDeselect={false}
          error={fieldMessage(problem, 'i2v_config.resolution')}
        />
        {can?.fixed_seconds ? (
          <Select
            label="Seconds"
            data={can.fixed_seconds.map(String)}
            value={String(draft.durationSec)}
            onChange={(seconds) => set({ durationSec: Number(seconds) })}
            allowDeselect={false}
            error={fieldMessage(problem, 'i2v_config.duration_sec')}
          />
        ) : (
          <WholeNumber
            label="Seconds"
            clampBehavior="blur"
            min={can?.min_seconds ?? 1}
            max={can?.max_seconds ?? 60}
            value={draft.durationSec}
            onChange={(durationSec) => set({ durationSec })}
            error={fieldMessage(problem, 'i2v_config.duration_sec')}
          />
        )}
      </SimpleGrid>
    </StageSection>
  );
}
