import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconMovie, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, get, newKey, post } from '../api/client';
import { asProblem, fieldMessage, type Problem } from '../api/problem';
import type { Begun, Project, StoryboardStage } from '../api/types';
import { CancelButton } from '../batch/CancelButton';
import { useModels } from '../models/useModels';
import { useSettings } from '../settings/settings';
import { BackLink } from '../ui/BackLink';
import { Empty } from '../ui/Empty';
import { Loading } from '../ui/Loading';
import { plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { told, toldFailure } from '../ui/toast';
import { usePageTitle } from '../ui/usePageTitle';
import { AddSentences } from './AddSentences';
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
  const models = useModels();
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
  if (project.error && !project.data) return <ProblemNote error={project.error} />;
  if (!project.data) return <Loading what="The storyboard" />;
  const { sentences, generation, name } = project.data;
  const running = generation?.running ?? false;
  const voices = models.of('audio').find((m) => m.id === project.data.audioModel)?.capabilities.voices;
  const failed = [...state.jobs.values()].filter((job) => job.state === 'FAILED').length;
  const ended = state.stage ? endedOf(state, state.stage) : 0;
  const problem: Problem | null = generate.error ? asProblem(generate.error) : null;
  const left = [...state.jobs.values()].filter((job) =>
    ['WAITING', 'READY', 'QUEUED', 'RETRY_WAIT', 'AWAITING_APPROVAL'].includes(job.state),
  ).length;
  const move = (index: number, by: number) => {
    const ids = sentences.map((sentence) => sentence.id);
    const [moved] = ids.splice(index, 1);
    if (moved) ids.splice(index + by, 0, moved);
    order.mutate(ids);
  };

  return (
    <Stack gap="lg" maw={1360} mx="auto">
      <BackLink to="/storyboards">All storyboards</BackLink>
      <PageHead
        title={name}
        note={`${plural(sentences.length, 'sentence')} · ${project.data.imageModel}, ${project.data.videoModel} ${project.data.resolution}, ${project.data.durationSec} s`}
      >
        <Button variant="default" leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
          Add sentences
        </Button>
        {running && generation ? (
          <CancelButton
            batchId={generation.batchId}
            noun="generation"
            consequences={[
              `Up to ${plural(left, 'job')} not begun yet will not run and cost nothing.`,
              'Calls under way finish, are kept and are billed.',
              'What is made already stays; the next generation makes the rest.',
            ]}
            onCancelled={renew}
          />
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
        <Empty
          title="No sentences yet"
          icon={IconMovie}
          action={
            <Button variant="light" onClick={() => setAdding(true)}>
              Add sentences
            </Button>
          }
        >
          Each becomes speech, an image and a video.
        </Empty>
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
