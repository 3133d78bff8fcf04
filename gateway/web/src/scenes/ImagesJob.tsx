import { ActionIcon, Group, Modal, Stack, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconZoomIn } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, post } from '../api/client';
import type { SceneOutput, SceneStatus, StepState } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { Section } from '../ui/Section';
import { toldFailure } from '../ui/toast';
import { STATE_WORDS } from '../ui/words';
import { JobAside } from './JobAside';
import classes from './Scenes.module.css';

/** The images of a job, a row of variants for each scene; a click on one approves it. */
export function ImagesJob({
  job,
  status,
  feed,
  onApproved,
}: {
  job: string;
  status: SceneStatus;
  feed: BatchState;
  onApproved: (scene: string, message: string) => void;
}) {
  const queries = useQueryClient();
  const [large, setLarge] = useState<SceneOutput | null>(null);
  const approve = useMutation({
    mutationFn: ({ output, take }: { output: SceneOutput; take: boolean }) =>
      take
        ? post(`/batch/jobs/${job}/approvals`, {
            approvals: [{ scene_id: output.scene_id, artifact_id: output.artifact_id }],
          })
        : call('DELETE', `/batch/jobs/${job}/approvals/${encodeURIComponent(output.scene_id)}`),
    onSuccess: (_, { output, take }) =>
      onApproved(
        output.scene_id,
        take ? `Variant ${output.variant} approved` : 'The approval was taken back',
      ),
    onError: toldFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: ['scene-status', job] }),
  });
  return (
    <Section
      title="Images"
      note="Click the image to make a clip of; one for each scene."
      aside={<JobAside job={job} status={status} batch={feed.batch} />}
    >
      {[...byScene(status.results)].map(([scene, outputs]) => (
        <div key={scene}>
          <Group gap="xs" mb={6}>
            <Text fw={600}>{scene}</Text>
            <Text size="sm" className="quiet" truncate maw={560} title={outputs[0]?.prompt}>
              {outputs[0]?.prompt}
            </Text>
          </Group>
          <div className={classes.variants} role="radiogroup" aria-label={`Approved image of ${scene}`}>
            {outputs.map((output) =>
              output.artifact_id ? (
                <div key={output.variant} style={{ position: 'relative' }}>
                  {/* biome-ignore lint/a11y/useSemanticElements: a picture to choose, which a click on the chosen one frees again */}
                  <button
                    type="button"
                    role="radio"
                    aria-checked={output.approved ?? false}
                    className={classes.choice}
                    aria-label={`${scene}, variant ${output.variant}`}
                    disabled={approve.isPending}
                    onClick={() => approve.mutate({ output, take: !output.approved })}
                  >
                    <img src={output.thumbnail_url} alt="" className="thumb" width={128} height={128} />
                    {output.approved && (
                      <span className={classes.tick} aria-hidden>
                        <IconCheck size={16} stroke={3} />
                      </span>
                    )}
                  </button>
                  <Tooltip label="Look at it large">
                    <ActionIcon
                      variant="white"
                      color="dark"
                      size={26}
                      pos="absolute"
                      left={8}
                      bottom={12}
                      aria-label={`Look at ${scene}, variant ${output.variant}, large`}
                      onClick={() => setLarge(output)}
                    >
                      <IconZoomIn size={14} />
                    </ActionIcon>
                  </Tooltip>
                </div>
              ) : (
                <div key={output.variant} className={classes.pending} title={output.error}>
                  {STATE_WORDS[output.state as StepState] ?? output.state}
                  {output.error ? `: ${output.error}` : ''}
                </div>
              ),
            )}
          </div>
        </div>
      ))}
      <Modal
        opened={large !== null}
        onClose={() => setLarge(null)}
        size="xl"
        centered
        title={large ? `${large.scene_id}, variant ${large.variant}` : ''}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {large && (
          <Stack gap="sm">
            <img src={large.url} alt={large.prompt} style={{ width: '100%', borderRadius: 12 }} />
            <Text size="sm">{large.prompt}</Text>
          </Stack>
        )}
      </Modal>
    </Section>
  );
}

export function byScene(outputs: SceneOutput[]): Map<string, SceneOutput[]> {
  const scenes = new Map<string, SceneOutput[]>();
  for (const output of outputs) {
    const of = scenes.get(output.scene_id);
    if (of) of.push(output);
    else scenes.set(output.scene_id, [output]);
  }
  return scenes;
}
