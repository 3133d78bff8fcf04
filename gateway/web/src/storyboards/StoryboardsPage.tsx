import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { get, newKey, post } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import type { ModelList, Project, ProjectList, StepKind } from '../api/types';
import { useSettings } from '../settings/settings';
import { ago, plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { useNow } from '../ui/useNow';
import { usePageTitle } from '../ui/usePageTitle';

/** All storyboards, and a new one. */
export function StoryboardsPage() {
  usePageTitle('Storyboards');
  const navigate = useNavigate();
  const now = useNow(10_000);
  const [settings] = useSettings();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<{
    image?: string;
    video?: string;
    audio?: string;
    resolution?: string;
  }>({});
  const [seconds, setSeconds] = useState(settings.storyboardSeconds);
  const models = useQuery({
    queryKey: ['models'],
    queryFn: () => get<ModelList>('/api/models'),
    staleTime: 60_000,
  });
  const pages = useInfiniteQuery({
    queryKey: ['projects'],
    queryFn: ({ pageParam }) =>
      get<ProjectList>(`/api/v1/projects?limit=50${pageParam ? `&cursor=${pageParam}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
  const of = (kind: StepKind) => models.data?.models.filter((m) => m.kind === kind) ?? [];
  const pick = (kind: StepKind, mine: string | undefined, preferred: string | null) => {
    const ids = of(kind).map((m) => m.id);
    return [mine, preferred].find((id) => id && ids.includes(id)) ?? ids[0] ?? null;
  };
  const image = pick('i2i', chosen.image, settings.imageModel);
  const video = pick('i2v', chosen.video, settings.videoModel);
  const audio = pick('audio', chosen.audio, settings.audioModel);
  const resolutions = of('i2v').find((m) => m.id === video)?.capabilities.resolutions ?? [];
  const resolution =
    [chosen.resolution, settings.resolution].find((r) => r && resolutions.includes(r)) ??
    resolutions[0] ??
    null;
  const create = useMutation({
    mutationFn: () =>
      post<Project>(
        '/api/v1/projects',
        {
          name: name.trim(),
          ...(audio ? { audioModel: audio } : {}),
          ...(image ? { imageModel: image } : {}),
          ...(video ? { videoModel: video } : {}),
          ...(resolution ? { resolution } : {}),
          durationSec: seconds,
        },
        { 'Idempotency-Key': newKey() },
      ),
    onSuccess: (project) => void navigate(`/storyboards/${project.id}`),
  });
  const problem = create.error ? asProblem(create.error) : null;
  const projects = pages.data?.pages.flatMap((page) => page.projects) ?? [];
  return (
    <Stack gap="lg" maw={1040} mx="auto">
      <PageHead title="Storyboards" note="Sentences that become speech, images and videos, in this order." />
      <Section title="New storyboard">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) create.mutate();
          }}
        >
          <Stack gap="md">
            <TextInput
              label="Name"
              placeholder="Lighthouse"
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={fieldMessage(problem, 'name')}
            />
            <SimpleGrid cols={{ base: 1, xs: 2, sm: 5 }}>
              <Select
                label="Speech model"
                data={of('audio').map((m) => m.id)}
                value={audio}
                allowDeselect={false}
                onChange={(value) => value && setChosen({ ...chosen, audio: value })}
                error={fieldMessage(problem, 'audioModel')}
              />
              <Select
                label="Image model"
                data={of('i2i').map((m) => m.id)}
                value={image}
                allowDeselect={false}
                onChange={(value) => value && setChosen({ ...chosen, image: value })}
                error={fieldMessage(problem, 'imageModel')}
              />
              <Select
                label="Video model"
                data={of('i2v').map((m) => m.id)}
                value={video}
                allowDeselect={false}
                onChange={(value) => value && setChosen({ ...chosen, video: value })}
                error={fieldMessage(problem, 'videoModel')}
              />
              <Select
                label="Resolution"
                data={resolutions}
                value={resolution}
                allowDeselect={false}
                onChange={(value) => value && setChosen({ ...chosen, resolution: value })}
                error={fieldMessage(problem, 'resolution')}
              />
              <NumberInput
                label="Seconds"
                min={1}
                max={60}
                value={seconds}
                onChange={(value) => setSeconds(Number(value) || 1)}
                error={fieldMessage(problem, 'durationSec')}
              />
            </SimpleGrid>
            {problem && problem.errors.length === 0 && <ProblemNote error={create.error} />}
            <Button
              type="submit"
              disabled={!name.trim()}
              loading={create.isPending}
              style={{ alignSelf: 'flex-start' }}
            >
              Create
            </Button>
          </Stack>
        </form>
      </Section>
      {pages.error && <ProblemNote error={pages.error} />}
      {projects.length > 0 && (
        <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {projects.map((project) => (
            <li key={project.id}>
              <Link
                to={`/storyboards/${project.id}`}
                className="card plain rowlink"
                style={{ display: 'block', padding: '14px 18px' }}
              >
                <Group justify="space-between" wrap="nowrap">
                  <div style={{ minWidth: 0 }}>
                    <Text fw={600} truncate>
                      {project.name}
                    </Text>
                    <Text size="sm" className="quiet">
                      {plural(project.sentenceCount, 'sentence')} · changed {ago(project.updatedAt, now)}
                    </Text>
                  </div>
                  <IconChevronRight size={18} aria-hidden />
                </Group>
              </Link>
            </li>
          ))}
        </Stack>
      )}
      {pages.hasNextPage && (
        <Button
          variant="default"
          onClick={() => void pages.fetchNextPage()}
          loading={pages.isFetchingNextPage}
          style={{ alignSelf: 'center' }}
        >
          Older storyboards
        </Button>
      )}
    </Stack>
  );
}
