import { Anchor, Button, Group, List, Modal, Progress, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconArrowLeft, IconPlus, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, get, newKey, post } from '../api/client';
import { asProblem, fieldMessage, type Problem } from '../api/problem';
import type { Begun, GenerationCancelled, ModelList, Project, Sentence, StoryboardStage } from '../api/types';
import { useSettings } from '../settings/settings';
import { plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { told, toldFailure } from '../ui/toast';
import { usePageTitle } from '../ui/usePageTitle';
import { ErrorSummary } from './ErrorSummary';
import { GenerateMenu } from './GenerateMenu';
import { endedOf, progressWords } from './projectFeed';
import { SentenceRow } from './SentenceRow';
import classes from './Storyboard.module.css';
import { useProjectSocket } from './useProjectSocket';

/** One storyboard: its sentences, what is made of them, and the generation under way. */
export function ProjectPage() {
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const [settings] = useSettings();
  const [skipClean, setSkipClean] = useState(settings.skipClean);
  const [adding, setAdding] = useState(false);
  const project = useQuery({
    queryKey: ['project', id],
    queryFn: () => get<Project>(`/api/v1/projects/${id}`),
    // why also by the clock: the batch ends a moment after its last job, of which the socket says nothing
    refetchInterval: (query) => (query.state.data?.generation?.running ? 2_000 : false),
  });
  const models = useQuery({
    queryKey: ['models'],
    queryFn: () => get<ModelList>('/api/models'),
    staleTime: 60_000,
  });
  usePageTitle(project.data?.name ?? 'Storyboard');
  const renew = () => void queries.invalidateQueries({ queryKey: ['project', id] });
  const renewal = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const { state, live } = useProjectSocket(id, (message) => {
    // why later: many ends come at once, and one reading shows them all
    clearTimeout(renewal.current);
    renewal.current = setTimeout(renew, 250);
    if (message.type === 'job_failed' && message.state === 'FAILED')
      told('A job failed', 'See the summary for the reason.');
    if (message.type === 'generation_stage_change' && message.stage === 'done')
      told('The generation has ended', 'What was made is in the table.');
  });
  const generate = useMutation({
    mutationFn: (stages: StoryboardStage[]) =>
      post<Begun>(
        `/api/v1/projects/${id}/generate-all`,
        { stages, skipClean },
        { 'Idempotency-Key': newKey() },
      ),
    onSuccess: (begun) => {
      told(begun.totalJobs > 0 ? 'Generating' : 'Nothing to do', begun.message);
      renew();
    },
    onError: (error) => {
      if (asProblem(error).errors.length === 0) toldFailure(error);
    },
  });
  const order = useMutation({
    mutationFn: (sentenceIds: string[]) =>
      call<Project>('PUT', `/api/v1/projects/${id}/sentences/order`, { sentenceIds }),
    onSuccess: (next) => queries.setQueryData(['project', id], next),
    onError: toldFailure,
  });
  const cancel = useMutation({
    mutationFn: () => post<GenerationCancelled>(`/api/v1/projects/${id}/cancel-generation`),
    onSuccess: (r) => {
      told(
        r.confirmed ? 'Cancelled' : 'Cancelling',
        r.confirmed
          ? `No new call begins. ${plural(r.begunSteps.length, 'call')} under way will finish and be kept.`
          : 'Workers have yet to confirm; until then calls may still begin.',
      );
      renew();
    },
    onError: toldFailure,
  });

  if (project.error && !project.data) return <ProblemNote error={project.error} />;
  if (!project.data) {
    return (
      <Stack maw={1360} mx="auto" gap="md" aria-busy aria-label="The storyboard is being read">
        <Skeleton h={34} w={320} />
        <Skeleton h={320} radius="lg" />
      </Stack>
    );
  }
  const { sentences, generation, name } = project.data;
  const running = generation?.running ?? false;
  const voices = models.data?.models.find((m) => m.id === project.data.audioModel)?.capabilities.voices;
  const failed = [...state.jobs.values()].filter((job) => job.state === 'FAILED').length;
  const ended = state.stage ? endedOf(state, state.stage) : 0;
  const problem: Problem | null = generate.error ? asProblem(generate.error) : null;
  const left = [...state.jobs.values()].filter((job) =>
    ['WAITING', 'READY', 'QUEUED', 'RETRY_WAIT', 'AWAITING_APPROVAL'].includes(job.state),
  ).length;
  const askCancel = () =>
    modals.openConfirmModal({
      title: 'Cancel this generation?',
      centered: true,
      labels: { confirm: 'Cancel the generation', cancel: 'Let it run' },
      confirmProps: { color: 'red' },
      children: (
        <List size="sm" spacing="xs">
          <List.Item>Up to {plural(left, 'job')} not begun yet will not run and cost nothing.</List.Item>
          <List.Item>Calls under way finish, are kept and are billed.</List.Item>
          <List.Item>What is made already stays; the next generation makes the rest.</List.Item>
        </List>
      ),
      onConfirm: () => cancel.mutate(),
    });
  const move = (index: number, by: number) => {
    const ids = sentences.map((sentence) => sentence.id);
    const [moved] = ids.splice(index, 1);
    if (moved) ids.splice(index + by, 0, moved);
    order.mutate(ids);
  };

  return (
    <Stack gap="lg" maw={1360} mx="auto">
      <Anchor
        component={Link}
        to="/storyboards"
        size="sm"
        className="quiet"
        style={{ alignSelf: 'flex-start' }}
      >
        <Group gap={6}>
          <IconArrowLeft size={15} aria-hidden /> All storyboards
        </Group>
      </Anchor>
      <PageHead
        title={name}
        note={`${plural(sentences.length, 'sentence')} · ${project.data.imageModel}, ${project.data.videoModel} ${project.data.resolution}, ${project.data.durationSec} s`}
      >
        <Button variant="default" leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
          Add sentences
        </Button>
        {running ? (
          <Button
            variant="light"
            color="red"
            leftSection={<IconX size={16} />}
            loading={cancel.isPending}
            onClick={askCancel}
          >
            Cancel
          </Button>
        ) : (
          <GenerateMenu
            project={project.data}
            skipClean={skipClean}
            onSkipClean={setSkipClean}
            busy={generate.isPending}
            onGenerate={(stages) => generate.mutate(stages)}
          />
        )}
      </PageHead>
      {running && (
        <Stack className="card" p="md" gap={8}>
          <Group justify="space-between" className="num">
            <Text fw={640} role="status" data-testid="stage-progress">
              {progressWords(state)}
            </Text>
            <Group gap="md">
              <Text size="sm" className="quiet">
                {live ? 'Live' : 'Connection lost, trying again'}
              </Text>
              <Anchor component={Link} to={`/batches/${generation?.batchId}`} size="sm">
                Cost and steps
              </Anchor>
            </Group>
          </Group>
          <Progress
            value={state.stageTotal === 0 ? 0 : (100 * ended) / state.stageTotal}
            aria-label="Progress of the stage"
          />
        </Stack>
      )}
      {problem && problem.errors.length > 0 && <ProblemNote error={generate.error} title={problem.title} />}
      {generation && <ErrorSummary batchId={generation.batchId} failed={failed} onRetried={renew} />}
      {!running && generation && (
        <Text size="sm" className="quiet">
          The latest generation:{' '}
          <Anchor component={Link} to={`/batches/${generation.batchId}`} size="sm" underline="always">
            {plural(
              generation.jobCounts.audio + generation.jobCounts.image + generation.jobCounts.video,
              'job',
            )}
            , with cost and downloads
          </Anchor>
        </Text>
      )}
      {sentences.length === 0 ? (
        <Stack className="card" align="center" p={48} gap="xs">
          <Text fw={600}>No sentences yet</Text>
          <Text className="quiet" ta="center">
            Each becomes speech, an image and a video.
          </Text>
          <Button variant="light" mt="sm" onClick={() => setAdding(true)}>
            Add sentences
          </Button>
        </Stack>
      ) : (
        <div className={`card ${classes.table}`}>
          <div className={`${classes.row} ${classes.head}`} aria-hidden>
            <span>#</span>
            <span>Sentence and speech</span>
            <span>Image prompt</span>
            <span>Camera, strength, voice</span>
            <span>Image</span>
            <span>Video</span>
          </div>
          <ol style={{ listStyle: 'none', margin: 0, padding: 0 }} aria-label="Sentences">
            {sentences.map((sentence, index) => (
              <SentenceRow
                key={sentence.id}
                projectId={id}
                sentence={sentence}
                voices={voices ?? []}
                first={index === 0}
                last={index === sentences.length - 1}
                problem={fieldMessage(problem, `sentences[${index}].imagePrompt`)}
                onMove={(by) => move(index, by)}
                onChanged={renew}
              />
            ))}
          </ol>
        </div>
      )}
      <AddSentences
        projectId={id}
        voice={settings.voice}
        opened={adding}
        onClose={() => setAdding(false)}
        onAdded={renew}
      />
    </Stack>
  );
}

/** Sentences as text, a line each; what stands behind a vertical bar is the image prompt. */
function AddSentences({
  projectId,
  voice,
  opened,
  onClose,
  onAdded,
}: {
  projectId: string;
  voice: string | null;
  opened: boolean;
  onClose: () => void;
  onAdded: () => void;
}) {
  const [text, setText] = useState('');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const add = useMutation({
    mutationFn: async () => {
      for (const line of lines) {
        const [words = '', prompt = ''] = line.split('|').map((part) => part.trim());
        await post<Sentence>(`/api/v1/projects/${projectId}/sentences`, {
          text: words,
          ...(prompt ? { imagePrompt: prompt } : {}),
          ...(voice ? { voice } : {}),
        });
        // why: where one is refused, those before it are there, and only the rest is left to correct
        setText((before) =>
          before
            .split('\n')
            .slice(before.split('\n').indexOf(line) + 1)
            .join('\n'),
        );
      }
    },
    onSuccess: () => {
      setText('');
      onClose();
    },
    onSettled: onAdded,
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Add sentences"
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="sm">
        <Textarea
          label="Sentences"
          description="One a line: sentence | image prompt"
          placeholder={
            'The keeper climbs the stairs. | a lighthouse at dusk\nThe lamp turns. | a lamp in fog'
          }
          autosize
          minRows={6}
          maxRows={14}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {add.error && <ProblemNote error={add.error} />}
        <Button disabled={lines.length === 0} loading={add.isPending} onClick={() => add.mutate()}>
          Add {plural(lines.length, 'sentence')}
        </Button>
      </Stack>
    </Modal>
  );
}
