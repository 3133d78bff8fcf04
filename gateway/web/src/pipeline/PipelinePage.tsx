import {
  Button,
  Checkbox,
  Grid,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useDebouncedValue, useLocalStorage } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { get, post } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import type { Estimate, ModelList, PipelineSubmitted, StepKind } from '../api/types';
import { useSettings } from '../settings/settings';
import { money } from '../ui/numbers';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { useNow } from '../ui/useNow';
import { usePageTitle } from '../ui/usePageTitle';
import { CostTree } from './CostTree';
import { type Draft, MAX_PER_PROMPT, missing, requestOf } from './draft';
import { Matrix } from './Matrix';
import { PromptLines } from './PromptLines';
import { SourceImages } from './SourceImages';

/** The bulk pipeline: photographs × image prompts × motion prompts, priced before anything runs. */
export function PipelinePage() {
  usePageTitle('Bulk pipeline');
  const navigate = useNavigate();
  const [settings] = useSettings();
  const now = useNow(5_000);
  const models = useQuery({
    queryKey: ['models'],
    queryFn: () => get<ModelList>('/api/models'),
    staleTime: 60_000,
  });
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
  const of = (kind: StepKind) => models.data?.models.filter((m) => m.kind === kind) ?? [];
  const imageModel = of('i2i').find((m) => m.id === stored.imageModel) ?? of('i2i')[0];
  const videoModel = of('i2v').find((m) => m.id === stored.videoModel) ?? of('i2v')[0];
  const resolutions = videoModel?.capabilities.resolutions ?? [];
  const draft: Draft = {
    ...stored,
    imageModel: imageModel?.id ?? null,
    videoModel: videoModel?.id ?? null,
    resolution:
      stored.resolution && resolutions.includes(stored.resolution)
        ? stored.resolution
        : (resolutions.find((r) => r === '720p') ?? resolutions[0] ?? null),
    durationSec: fitted(stored.durationSec, videoModel?.capabilities.fixed_seconds),
  };
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));

  const incomplete = models.data ? missing(draft) : 'Models are being read.';
  const wanted = JSON.stringify(requestOf(draft));
  const [settled] = useDebouncedValue(wanted, 350);
  const quote = useQuery({
    queryKey: ['estimate', settled],
    queryFn: () => post<Estimate>('/api/pipelines/bulk/estimate', JSON.parse(settled)),
    enabled: incomplete === null,
    retry: false,
    staleTime: 60_000,
  });
  const valid =
    incomplete === null &&
    settled === wanted &&
    quote.data !== undefined &&
    !quote.isFetching &&
    Date.parse(quote.data.expires_at ?? '') > now;
  const submit = useMutation({
    mutationFn: (quoteId: string) =>
      post<PipelineSubmitted>(
        '/api/pipelines/bulk',
        { ...requestOf(draft), quote_id: quoteId },
        // why the quote's id: pressing twice, or again after a lost answer, makes one batch
        { 'Idempotency-Key': `console-${quoteId}` },
      ),
    onSuccess: ({ batch_id }) => {
      set({ name: '', sources: [], imagePrompts: '', videoPrompts: '', maxCost: null });
      void navigate(`/batches/${batch_id}`);
    },
    onError: () => void quote.refetch(),
  });
  const problem = submit.error ? asProblem(submit.error) : quote.error ? asProblem(quote.error) : null;

  return (
    <Stack gap="lg" maw={1240} mx="auto">
      <div>
        <Title order={1} size="h2">
          Bulk pipeline
        </Title>
        <Text className="quiet">
          Every photograph with every image prompt, every image with every motion prompt.
        </Text>
      </div>
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
                    <Select
                      label="Model"
                      data={of('i2i').map((m) => m.id)}
                      value={draft.imageModel}
                      onChange={(imageModel) => set({ imageModel })}
                      allowDeselect={false}
                      error={fieldMessage(problem, 'i2i_config.model')}
                    />
                    <NumberInput
                      label="Images per prompt"
                      min={1}
                      max={MAX_PER_PROMPT}
                      clampBehavior="strict"
                      allowDecimal={false}
                      value={draft.perPrompt}
                      onChange={(value) => set({ perPrompt: Number(value) || 1 })}
                      error={fieldMessage(problem, 'i2i_config.images_per_prompt')}
                    />
                  </SimpleGrid>
                </>
              )}
            </Section>
            <Section
              title="Videos"
              aside={
                <Switch
                  label="Make videos"
                  labelPosition="left"
                  checked={draft.makeVideos}
                  onChange={(event) => set({ makeVideos: event.currentTarget.checked })}
                />
              }
            >
              {draft.makeVideos && (
                <>
                  <PromptLines
                    label="Motion prompts"
                    placeholder={'Slow zoom in\nPan from left to right'}
                    target="i2v"
                    value={draft.videoPrompts}
                    onChange={(videoPrompts) => set({ videoPrompts })}
                    error={fieldMessage(problem, 'i2v_config.prompts')}
                  />
                  <SimpleGrid cols={{ base: 1, xs: 3 }}>
                    <Select
                      label="Model"
                      data={of('i2v').map((m) => m.id)}
                      value={draft.videoModel}
                      onChange={(videoModel) => set({ videoModel })}
                      allowDeselect={false}
                      error={fieldMessage(problem, 'i2v_config.model')}
                    />
                    <Select
                      label="Resolution"
                      data={resolutions}
                      value={draft.resolution}
                      onChange={(resolution) => set({ resolution })}
                      allowDeselect={false}
                      error={fieldMessage(problem, 'i2v_config.resolution')}
                    />
                    <Length
                      fixed={videoModel?.capabilities.fixed_seconds}
                      min={videoModel?.capabilities.min_seconds ?? 1}
                      max={videoModel?.capabilities.max_seconds ?? 60}
                      value={draft.durationSec}
                      onChange={(durationSec) => set({ durationSec })}
                      error={fieldMessage(problem, 'i2v_config.duration_sec')}
                    />
                  </SimpleGrid>
                </>
              )}
            </Section>
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
                <NumberInput
                  label="Spend at most"
                  placeholder="No limit"
                  prefix={models.data ? `${models.data.currency} ` : ''}
                  min={0}
                  decimalScale={4}
                  value={draft.maxCost ?? ''}
                  onChange={(value) => set({ maxCost: value === '' ? null : Number(value) })}
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
            {quote.data && incomplete === null && <CostTree estimate={quote.data} draft={draft} />}
            {problem && <ProblemNote error={submit.error ?? quote.error} />}
            <Button
              size="md"
              disabled={!valid}
              loading={submit.isPending || (incomplete === null && quote.isFetching)}
              onClick={() => quote.data?.quote_id && submit.mutate(quote.data.quote_id)}
            >
              {quote.data && valid
                ? `Generate for ${money(quote.data.cost.total, quote.data.cost.currency)}`
                : 'Generate'}
            </Button>
            {incomplete && (
              <Text size="sm" className="quiet" role="status">
                {incomplete}
              </Text>
            )}
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Length({
  fixed,
  min,
  max,
  value,
  onChange,
  error,
}: {
  fixed: number[] | undefined;
  min: number;
  max: number;
  value: number;
  onChange: (seconds: number) => void;
  error: string | undefined;
}) {
  if (fixed) {
    return (
      <Select
        label="Seconds"
        data={fixed.map(String)}
        value={String(value)}
        onChange={(seconds) => onChange(Number(seconds))}
        allowDeselect={false}
        error={error}
      />
    );
  }
  return (
    <NumberInput
      label="Seconds"
      min={min}
      max={max}
      clampBehavior="blur"
      value={value}
      onChange={(seconds) => onChange(Number(seconds) || min)}
      error={error}
    />
  );
}

const fitted = (seconds: number, fixed: number[] | undefined) =>
  fixed && !fixed.includes(seconds) ? (fixed[0] ?? seconds) : seconds;
