import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { get, newKey, post } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import type { Project, ProjectList } from '../api/types';
import { ModelSelect } from '../models/ModelSelect';
import { chosenModel, chosenResolution, useModels } from '../models/useModels';
import { useSettings } from '../settings/settings';
import { LoadingRows } from '../ui/Loading';
import { MoreButton } from '../ui/MoreButton';
import { ago, plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { useNow } from '../ui/useNow';
import { usePageTitle } from '../ui/usePageTitle';
import { WholeNumber } from '../ui/WholeNumber';

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
  const models = useModels();
  const pages = useInfiniteQuery({
    queryKey: ['projects'],
    queryFn: ({ pageParam }) =>
      get<ProjectList>(`/api/v1/projects?limit=50${pageParam ? `&cursor=${pageParam}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
  const image = chosenModel(models.of('i2i'), chosen.image, settings.imageModel)?.id ?? null;
  const videoModel = chosenModel(models.of('i2v'), chosen.video, settings.videoModel);
  const video = videoModel?.id ?? null;
  const audio = chosenModel(models.of('audio'), chosen.audio, settings.audioModel)?.id ?? null;
  const resolution = chosenResolution(videoModel, chosen.resolution, settings.resolution);
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
              <ModelSelect
                label="Speech model"
                models={models.of('audio')}
                value={audio}
                allowDeselect={false}
                onChange={(value) => value && setChosen({ ...chosen, audio: value })}
                error={fieldMessage(problem, 'audioModel')}
              />
              <ModelSelect
                label="Image model"
                models={models.of('i2i')}
                value={image}
                allowDeselect={false}
                onChange={(value) => value && setChosen({ ...chosen, image: value })}
                error={fieldMessage(problem, 'imageModel')}
              />
              <ModelSelect
                label="Video model"
                models={models.of('i2v')}
                value={video}
                allowDeselect={false}
                onChange={(value) => value && setChosen({ ...chosen, video: value })}
                error={fieldMessage(problem, 'videoModel')}
              />
              <Select
                label="Resolution"
                data={videoModel?.capabilities.resolutions ?? []}
                value={resolution}
                allowDeselect={false}
                onChange={(value) => value && setChosen({ ...chosen, resolution: value })}
                error={fieldMessage(problem, 'resolution')}
              />
              <WholeNumber
                label="Seconds"
                min={1}
                max={60}
                value={seconds}
                onChange={setSeconds}
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
      {pages.isPending && <LoadingRows what="The storyboards" />}
      <MoreButton pages={pages}>Older storyboards</MoreButton>
    </Stack>
  );
}
