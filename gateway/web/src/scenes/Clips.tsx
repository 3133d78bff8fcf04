import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey, post } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import type { SceneJob, SceneOutput, SceneStatus, StepState } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { plural } from '../ui/numbers';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { STATE_WORDS } from '../ui/words';
import { JobAside } from './JobAside';
import classes from './Scenes.module.css';
import { confirms } from './scenes';

/** Which approved images become clips; nothing begins until their exact number has been typed. */
export function ClipsForm({
  job,
  approved,
  onBegun,
}: {
  job: string;
  approved: SceneOutput[];
  onBegun: (clips: SceneJob) => void;
}) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [motion, setMotion] = useState<Record<string, string>>({});
  const [typed, setTyped] = useState('');
  const [key, setKey] = useState(newKey);
  const chosen = approved.filter((output) => !left.has(output.scene_id));
  const make = useMutation({
    mutationFn: () =>
      post<{ batch_job: SceneJob }>(
        '/batch/videos',
        {
          items: chosen.map(({ scene_id }) => ({
            scene_id,
            job_id: job,
            ...(motion[scene_id]?.trim() ? { prompt: motion[scene_id].trim() } : {}),
          })),
          runMode: 'live',
          confirmCount: Number(typed),
        },
        { 'Idempotency-Key': key },
      ),
    onSuccess: ({ batch_job }) => {
      setTyped('');
      setKey(newKey());
      onBegun(batch_job);
    },
    onError: () => setKey(newKey()),
  });
  const problem = make.error ? asProblem(make.error) : null;
  return (
    <Section title="Clips" note="One clip of each approved image that is ticked.">
      {approved.length === 0 ? (
        <Text size="sm" className="quiet">
          Approve at least one image first.
        </Text>
      ) : (
        <>
          <Stack gap="xs">
            {approved.map((output) => (
              <Group key={output.scene_id} gap="sm" wrap="nowrap">
                <Checkbox
                  aria-label={`Make a clip of ${output.scene_id}`}
                  checked={!left.has(output.scene_id)}
                  onChange={(event) => {
                    const next = new Set(left);
                    if (event.currentTarget.checked) next.delete(output.scene_id);
                    else next.add(output.scene_id);
                    setLeft(next);
                  }}
                />
                <img
                  src={output.thumbnail_url}
                  alt=""
                  width={48}
                  height={48}
                  style={{ borderRadius: 8, objectFit: 'cover', flex: 'none' }}
                />
                <Text fw={600} w={120} truncate title={output.scene_id}>
                  {output.scene_id}
                </Text>
                <TextInput
                  aria-label={`Motion of ${output.scene_id}`}
                  placeholder="Motion; the scene's own prompt where empty"
                  style={{ flex: 1 }}
                  value={motion[output.scene_id] ?? ''}
                  onChange={(event) => setMotion({ ...motion, [output.scene_id]: event.currentTarget.value })}
                />
              </Group>
            ))}
          </Stack>
          <Group align="flex-end" gap="sm">
            <TextInput
              label={`Type ${chosen.length} to confirm ${plural(chosen.length, 'clip')}`}
              inputMode="numeric"
              autoComplete="off"
              w={260}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={fieldMessage(problem, 'confirmCount')}
            />
            <Button
              leftSection={<IconMovie size={17} />}
              disabled={!confirms(typed, chosen.length)}
              loading={make.isPending}
              onClick={() => make.mutate()}
            >
              Make {plural(chosen.length, 'clip')}
            </Button>
          </Group>
          {problem && <ProblemNote error={make.error} />}
        </>
      )}
    </Section>
  );
}

/** The clips of a job, playing in place. */
export function ClipsJob({ job, status, feed }: { job: string; status: SceneStatus; feed: BatchState }) {
  return (
    <Section title="Clips that were made" aside={<JobAside job={job} status={status} batch={feed.batch} />}>
      <div className={classes.clips}>
        {status.results.map((output) => (
          <div key={output.scene_id}>
            {output.url ? (
              // biome-ignore lint/a11y/useMediaCaption: clips have no sound
              <video
                src={output.url}
                poster={output.thumbnail_url}
                controls
                playsInline
                preload="metadata"
                aria-label={`Clip of ${output.scene_id}`}
              />
            ) : (
              <div className={classes.pending} style={{ width: '100%' }}>
                {STATE_WORDS[output.state as StepState] ?? output.state}
                {output.error ? `: ${output.error}` : ''}
              </div>
            )}
            <Text size="sm" fw={600} mt={4}>
              {output.scene_id}
            </Text>
          </div>
        ))}
      </div>
    </Section>
  );
}
