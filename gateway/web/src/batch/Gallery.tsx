import { Button, Group, Stack, Text } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { IconDownload, IconPhoto } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { get } from '../api/client';
import type { Batch, PipelineView, Step, StepChange } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { plural } from '../ui/numbers';
import { STAGE_WORDS, STATE_WORDS } from '../ui/words';
import classes from './Gallery.module.css';
import { Lightbox } from './Lightbox';
import { useSteps } from './useSteps';

/** Groups that show their results at once; the rest unfold as one scrolls. */
const PER_GROUP = 120;

/** What the batch has made, by group: each image followed by the videos made of it. */
export function Gallery({ batch, feed }: { batch: Batch; feed: BatchState }) {
  const pipeline = useQuery({
    queryKey: ['pipeline', batch.batch_id],
    queryFn: () => get<PipelineView>(`/api/pipelines/${batch.batch_id}`),
    enabled: batch.kind === 'pipeline',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const groups = useMemo(() => {
    const all = new Map<number, StepChange[]>();
    for (const step of feed.steps) {
      const group = all.get(step.group);
      if (group) group.push(step);
      else all.set(step.group, [step]);
    }
    return [...all.entries()].sort(([a], [b]) => a - b);
  }, [feed.steps]);
  return (
    <Stack gap="md">
      {groups.map(([group, steps]) => (
        <GroupCard
          key={group}
          batch={batch}
          feed={feed}
          group={group}
          steps={steps}
          source={pipeline.data?.groups[group]?.source_image}
        />
      ))}
    </Stack>
  );
}

function GroupCard({
  batch,
  feed,
  group,
  steps,
  source,
}: {
  batch: Batch;
  feed: BatchState;
  group: number;
  steps: StepChange[];
  source: string | undefined;
}) {
  const { ref, inViewport } = useInViewport<HTMLElement>();
  const [seen, setSeen] = useState(false);
  useEffect(() => setSeen((was) => was || inViewport), [inViewport]);
  const shown = steps.slice(0, PER_GROUP);
  const details = useSteps(batch.batch_id, feed, seen ? shown.map((s) => s.ordinal) : []);
  const [open, setOpen] = useState<number | null>(null);
  const made = steps.filter((s) => s.state === 'SUCCEEDED').length;
  const families = lineage(shown, details);
  const playable = families.flat().flatMap((step) => details.get(step.ordinal) ?? []);
  return (
    <section ref={ref} className={`card ${classes.group}`} aria-label={`Group ${group + 1}`}>
      <Group justify="space-between" mb="md">
        <Group gap="md">
          {source && <img src={`${source}?thumbnail=128`} alt="" className={classes.source} />}
          <div>
            <Text fw={640}>
              {batch.kind === 'pipeline' ? `Photograph ${group + 1}` : `Group ${group + 1}`}
            </Text>
            <Text size="sm" className="quiet num">
              {made} of {plural(steps.length, 'step')} done
            </Text>
          </div>
        </Group>
        {made > 0 && (
          <Button
            component="a"
            href={`/api/batches/${batch.batch_id}/groups/${group}/download`}
            download
            variant="subtle"
            size="compact-sm"
            leftSection={<IconDownload size={15} />}
          >
            Download group
          </Button>
        )}
      </Group>
      <div className={classes.families}>
        {families.map((family) => (
          <div key={family[0]?.step_id} className={classes.family} data-many={family.length > 1}>
            {family.map((step) => (
              <Tile
                key={step.step_id}
                step={step}
                detail={details.get(step.ordinal)}
                onOpen={() => setOpen(step.ordinal)}
              />
            ))}
          </div>
        ))}
      </div>
      {steps.length > PER_GROUP && (
        <Text size="sm" className="quiet" mt="sm">
          {plural(steps.length - PER_GROUP, 'more step')} are listed in Steps.
        </Text>
      )}
      <Lightbox
        steps={playable.filter((step) => step.outputs.length > 0)}
        ordinal={open}
        onOpen={setOpen}
        onClose={() => setOpen(null)}
      />
    </section>
  );
}

/** Each root with its children after it. Until parents are known, every step stands alone. */
function lineage(steps: StepChange[], details: Map<number, Step>): StepChange[][] {
  const families = new Map<string, StepChange[]>();
  for (const step of steps) {
    const parent = details.get(step.ordinal)?.parent_id;
    const family = parent ? families.get(parent) : undefined;
    if (family) family.push(step);
    else families.set(step.step_id, [step]);
  }
  return [...families.values()];
}

function Tile({ step, detail, onOpen }: { step: StepChange; detail: Step | undefined; onOpen: () => void }) {
  const output = detail?.outputs[0];
  const name = `${STAGE_WORDS[step.kind].replace(/s$/, '')} ${step.ordinal + 1}: ${detail?.prompt ?? ''}`;
  if (!output) {
    return (
      <div
        className={classes.empty}
        data-state={step.state}
        role="img"
        aria-label={`${name}, ${STATE_WORDS[step.state]}`}
      >
        <IconPhoto size={20} stroke={1.4} aria-hidden />
        <span>{STATE_WORDS[step.state]}</span>
      </div>
    );
  }
  const video = output.media_type.startsWith('video/');
  return (
    <button
      type="button"
      className="tile"
      onClick={onOpen}
      aria-label={`Open ${name}${video ? `, ${output.seconds} s` : ''}`}
      title={detail?.prompt}
    >
      {video ? (
        <video
          src={output.url}
          poster={output.thumbnail_url}
          className="thumb"
          muted
          loop
          playsInline
          preload="none"
          onMouseEnter={(event) => void event.currentTarget.play()}
          onMouseLeave={(event) => event.currentTarget.pause()}
        />
      ) : (
        <img
          src={output.media_type.startsWith('image/') ? output.url : undefined}
          alt=""
          className="thumb"
          loading="lazy"
        />
      )}
      {video && <span className={classes.mark}>{output.seconds} s</span>}
    </button>
  );
}
