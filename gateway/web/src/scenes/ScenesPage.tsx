import {
  Button,
  Grid,
  Group,
  NumberInput,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFlask, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { newKey, post } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import type { ParsedScenes, SceneJob, SceneRow } from '../api/types';
import { SourceImages } from '../pipeline/SourceImages';
import { useSettings } from '../settings/settings';
import { money, plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { useNow } from '../ui/useNow';
import { usePageTitle } from '../ui/usePageTitle';
import { useStored } from '../ui/useStored';
import { ClipsForm, ClipsJob } from './Clips';
import { ImagesJob } from './ImagesJob';
import { RowsEditor } from './RowsEditor';
import { StatusLog } from './StatusLog';
import {
  EMPTY,
  type LogLine,
  liveRefusal,
  MAX_REFERENCES,
  rowsOf,
  type ScenesDraft,
  withLines,
} from './scenes';
import { useJobLog } from './useJobLog';
import { useSceneStatus } from './useSceneStatus';

/** Scene rows: priced by a dry run, made live, one image of each scene approved, clips of the approved ones. */
export function ScenesPage() {
  usePageTitle('Scene rows');
  const [settings] = useSettings();
  const now = useNow(10_000);
  const [draft, setDraft] = useStored<ScenesDraft>('kombine.scenes', {
    ...EMPTY,
    variants: settings.sceneVariants,
  });
  const set = (change: Partial<ScenesDraft>) => setDraft((before) => ({ ...before, ...change }));
  const log = useCallback(
    (lines: LogLine[]) => setDraft((before) => ({ ...before, log: withLines(before.log, lines) })),
    [setDraft],
  );
  const say = (job: string, scene: string, status: string, message: string) =>
    log([{ at: Date.now(), job, scene, status, message }]);

  const [text] = useDebouncedValue(draft.text, 250);
  const parse = useQuery({
    queryKey: ['scenes-parse', text],
    queryFn: () => post<ParsedScenes>('/batch/images:parse', { text }),
    enabled: draft.mode === 'batch' && text.trim() !== '',
    retry: false,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const parsed = draft.text.trim() === '' ? undefined : parse.data;
  const settled = draft.mode === 'single' || (text === draft.text && !parse.isPlaceholderData);
  const rows: SceneRow[] = rowsOf(
    draft.mode === 'single'
      ? [{ scene_id: draft.sceneId.trim(), prompt: draft.prompt.trim(), variants: draft.variants }]
      : (parsed?.items ?? []),
    draft.references,
  );
  const wanted = JSON.stringify(rows);
  const wrongLines = draft.mode === 'batch' ? [...new Set(parsed?.errors.map((e) => e.line))] : [];
  const incomplete =
    draft.mode === 'single'
      ? !draft.sceneId.trim() || !draft.prompt.trim()
        ? 'Name the scene and say what it shows.'
        : null
      : rows.length === 0
        ? 'Write at least one row.'
        : wrongLines.length > 0
          ? `Correct ${wrongLines.length === 1 ? 'line' : 'lines'} ${wrongLines.join(', ')} first.`
          : null;

  const dry = useMutation({
    mutationFn: () => post<{ batch_job: SceneJob }>('/batch/images', { items: rows, runMode: 'dry_run' }),
    onSuccess: ({ batch_job: job }) => {
      const images = job.images?.length ?? 0;
      set({
        dryRun: {
          rows: wanted,
          hash: job.batch_hash ?? '',
          images,
          cost: job.cost,
          expiresAt: job.expires_at ?? '',
          key: newKey(),
        },
      });
      live.reset();
      say(
        '',
        '',
        'Dry run',
        `${plural(images, 'image')} would cost ${money(job.cost.total, job.cost.currency)}; nothing was made`,
      );
    },
  });
  const dryRun = draft.dryRun;
  const refusal = incomplete ?? liveRefusal(wanted, dryRun, now);
  const live = useMutation({
    mutationFn: () =>
      post<{ batch_job: SceneJob }>(
        '/batch/images',
        { items: rows, runMode: 'live' },
        { 'X-Batch-Hash': dryRun?.hash ?? '', 'Idempotency-Key': dryRun?.key ?? newKey() },
      ),
    onSuccess: ({ batch_job: job }) => {
      set({ job: job.id, clips: null, dryRun: null });
      say(job.id, '', 'Live', `${plural(job.images?.length ?? 0, 'image')} asked for`);
    },
  });
  const problem = dry.error ? asProblem(dry.error) : live.error ? asProblem(live.error) : null;

  const images = useSceneStatus(draft.job);
  const clips = useSceneStatus(draft.clips);
  const imageScenes = useMemo(
    () => [...new Set(images.status?.results.map((r) => r.scene_id))],
    [images.status],
  );
  const clipScenes = useMemo(
    () => [...new Set(clips.status?.results.map((r) => r.scene_id))],
    [clips.status],
  );
  useJobLog(images.feed, imageScenes, log);
  useJobLog(clips.feed, clipScenes, log);

  return (
    <Stack gap="lg" maw={1240} mx="auto">
      <PageHead
        title="Scene rows"
        note="Price the rows, make their images, approve one of each scene, make clips of those."
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7.5 }}>
          <Section
            title="Scenes"
            aside={
              <SegmentedControl
                aria-label="How scenes are entered"
                value={draft.mode}
                onChange={(mode) => set({ mode: mode as ScenesDraft['mode'] })}
                data={[
                  { value: 'single', label: 'Single' },
                  { value: 'batch', label: 'Batch' },
                ]}
              />
            }
          >
            {draft.mode === 'single' ? (
              <>
                <Group grow align="flex-start">
                  <TextInput
                    label="Scene"
                    placeholder="SCENE-001"
                    maxLength={100}
                    value={draft.sceneId}
                    onChange={(event) => set({ sceneId: event.currentTarget.value })}
                    error={fieldMessage(problem, 'items[0].scene_id')}
                  />
                  <NumberInput
                    label="Variants"
                    min={1}
                    max={3}
                    clampBehavior="strict"
                    allowDecimal={false}
                    value={draft.variants}
                    onChange={(value) => set({ variants: Number(value) || 1 })}
                    error={fieldMessage(problem, 'items[0].variants')}
                  />
                </Group>
                <Textarea
                  label="Prompt"
                  placeholder="Modern kitchen with morning light"
                  autosize
                  minRows={3}
                  value={draft.prompt}
                  onChange={(event) => set({ prompt: event.currentTarget.value })}
                  error={fieldMessage(problem, 'items[0].prompt')}
                />
              </>
            ) : (
              <RowsEditor
                text={draft.text}
                onChange={(value) => set({ text: value })}
                parsed={parsed}
                error={
                  draft.text.trim() !== '' && parse.error
                    ? (fieldMessage(asProblem(parse.error), 'text') ?? asProblem(parse.error).detail)
                    : undefined
                }
              />
            )}
            <div>
              <Text size="sm" fw={600} mb={6}>
                Reference images{draft.mode === 'batch' ? ', for every row' : ''}{' '}
                <Text span size="sm" className="quiet num" fw={400}>
                  {draft.references.length} of {MAX_REFERENCES}
                </Text>
              </Text>
              <SourceImages
                sources={draft.references}
                onChange={(change) =>
                  setDraft((before) => ({ ...before, references: change(before.references) }))
                }
                error={fieldMessage(problem, 'items[0].reference_images')}
                max={MAX_REFERENCES}
                label="Reference images"
              />
            </div>
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4.5 }}>
          <Section title="Run">
            <Button
              variant="default"
              leftSection={<IconFlask size={17} />}
              disabled={incomplete !== null || !settled}
              loading={dry.isPending}
              onClick={() => dry.mutate()}
            >
              Dry run
            </Button>
            {dryRun && (
              <Group justify="space-between" className="num" align="baseline">
                <Text size="sm" className="quiet">
                  {plural(dryRun.images, 'image')}
                  {dryRun.rows === wanted ? '' : ', before the change'}
                </Text>
                <Text fw={700} size="lg" data-testid="dry-run-cost">
                  {money(dryRun.cost.total, dryRun.cost.currency)}
                </Text>
              </Group>
            )}
            <Button
              size="md"
              leftSection={<IconPlayerPlay size={17} />}
              disabled={refusal !== null || !settled}
              loading={live.isPending}
              onClick={() => live.mutate()}
            >
              {dryRun && refusal === null
                ? `Make live for ${money(dryRun.cost.total, dryRun.cost.currency)}`
                : 'Make live'}
            </Button>
            {refusal && (
              <Text size="sm" className="quiet" role="status">
                {refusal}
              </Text>
            )}
            {problem && <ProblemNote error={dry.error ?? live.error} />}
          </Section>
        </Grid.Col>
      </Grid>
      {draft.job && images.status && (
        <>
          <ImagesJob
            job={draft.job}
            status={images.status}
            feed={images.feed}
            onApproved={(scene, message) => say(draft.job ?? '', scene, 'Approval', message)}
          />
          <ClipsForm
            job={draft.job}
            approved={images.status.results.filter((output) => output.approved)}
            onBegun={(job) => {
              set({ clips: job.id });
              say(
                job.id,
                '',
                'Live',
                `${plural(job.videos?.length ?? 0, 'clip')} asked for, ${money(job.cost.total, job.cost.currency)}`,
              );
            }}
          />
        </>
      )}
      {draft.clips && clips.status && <ClipsJob job={draft.clips} status={clips.status} feed={clips.feed} />}
      <StatusLog log={draft.log} />
    </Stack>
  );
}
