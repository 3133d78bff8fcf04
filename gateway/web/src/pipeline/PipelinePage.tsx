import { Checkbox, Grid, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useNavigate } from 'react-router';
import { fieldMessage } from '../api/problem';
import type { Estimate } from '../api/types';
import { chosenModel, chosenResolution, useModels } from '../models/useModels';
import { MaxCost } from '../quote/MaxCost';
import { QuoteButton } from '../quote/QuoteButton';
import { useQuote } from '../quote/useQuote';
import { useSettings } from '../settings/settings';
import { duration } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { Section } from '../ui/Section';
import { usePageTitle } from '../ui/usePageTitle';
import { CostTree } from './CostTree';
import { type Draft, fitted, missing, requestOf } from './draft';
import { ImagesSection } from './ImagesSection';
import { Matrix } from './Matrix';
import { SourceImages } from './SourceImages';
import { VideosSection } from './VideosSection';

/** The bulk pipeline: photographs × image prompts × motion prompts, priced before anything runs. */
export function PipelinePage() {
  usePageTitle('Bulk pipeline');
  const navigate = useNavigate();
  const [settings] = useSettings();
  const models = useModels();
  const [stored, setDraft] = useLocalStorage<Draft>({
    key: 'kombine.pipeline.draft',
    getInitialValueInEffect: false,
    defaultValue: {
      name: '',
      sources: [],
      makeImages: true,
      imagePrompts: '',
      imageModel: settings.imageModel,
      perPrompt: 1,
      makeVideos: true,
      videoPrompts: '',
      videoModel: settings.videoModel,
      resolution: settings.resolution,
      durationSec: settings.durationSec,
      approval: settings.approval,
      reuse: settings.reuse,
      maxCost: null,
    },
  });
  const imageModel = chosenModel(models.of('i2i'), stored.imageModel);
  const videoModel = chosenModel(models.of('i2v'), stored.videoModel);
  const draft: Draft = {
    ...stored,
    imageModel: imageModel?.id ?? null,
    videoModel: videoModel?.id ?? null,
    resolution: chosenResolution(videoModel, stored.resolution),
    durationSec: fitted(stored.durationSec, videoModel?.capabilities.fixed_seconds),
  };
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const quote = useQuote<Estimate>({
    door: '/api/pipelines/bulk',
    request: requestOf(draft),
    incomplete: models.known ? missing(draft) : 'Models are being read.',
    onSubmitted: (id) => {
      set({ name: '', sources: [], imagePrompts: '', videoPrompts: '', maxCost: null });
      void navigate(`/batches/${id}`);
    },
  });
  const { problem, estimate } = quote;

  return (
    <Stack gap="lg" maw={1240} mx="auto">
      <PageHead
        title="Bulk pipeline"
        note="Every photograph with every image prompt, every image with every motion prompt."
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7.5 }}>
          <Stack gap="md">
            <Section title="Photographs" aside={`${draft.sources.length} of 10`}>
              <SourceImages
                sources={draft.sources}
                onChange={(change) => setDraft((before) => ({ ...before, sources: change(before.sources) }))}
                error={fieldMessage(problem, 'source_images')}
              />
            </Section>
            <ImagesSection draft={draft} set={set} models={models.of('i2i')} problem={problem} />
            <VideosSection draft={draft} set={set} models={models.of('i2v')} problem={problem} />
            <Section title="How it runs">
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <TextInput
                  label="Name"
                  placeholder="Autumn campaign"
                  maxLength={100}
                  value={draft.name}
                  onChange={(event) => set({ name: event.currentTarget.value })}
                  error={fieldMessage(problem, 'name')}
                />
                <MaxCost
                  currency={models.currency}
                  value={draft.maxCost}
                  onChange={(maxCost) => set({ maxCost })}
                  error={fieldMessage(problem, 'max_cost')}
                />
              </SimpleGrid>
              {draft.makeImages && draft.makeVideos && (
                <Checkbox
                  label="Hold videos until I approve them"
                  checked={draft.approval}
                  onChange={(event) => set({ approval: event.currentTarget.checked })}
                />
              )}
              <Checkbox
                label="Take results that were made before from the same things, at no cost"
                checked={draft.reuse}
                onChange={(event) => set({ reuse: event.currentTarget.checked })}
              />
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4.5 }}>
          <Stack
            className="card"
            p="lg"
            gap="md"
            pos="sticky"
            top={24}
            component="aside"
            aria-label="What it makes and costs"
          >
            <Title order={2} size="h4">
              What it makes
            </Title>
            <Matrix draft={draft} />
            {estimate && <CostTree estimate={estimate} draft={draft} />}
            {estimate && estimate.counts.total_steps > estimate.counts.reused_steps && (
              <Text size="sm" className="quiet num">
                Ready in about {duration(estimate.duration.p50_seconds)}, in nine cases of ten within{' '}
                {duration(estimate.duration.p90_seconds)}.
              </Text>
            )}
            <QuoteButton quote={quote} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
