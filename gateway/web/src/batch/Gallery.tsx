import { Group, Stack, Text } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { IconArrowRight, IconDownload, IconFileText, IconPhoto, IconVolume } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { get } from '../api/client';
import type { Batch, Output, PipelineView, Step, StepChange } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { plural } from '../ui/numbers';
import { STATE_WORDS, STEP_WORDS } from '../ui/words';
import { DownloadButton } from './DownloadButton';
import classes from './Gallery.module.css';
import { groupName } from './groups';
import { Lightbox } from './Lightbox';
import { StepDrawer } from './StepDrawer';
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
  // why one card: a group of a single picture is no group to look at
  const flat = groups.length > 1 && groups.every(([, steps]) => steps.length === 1);
  if (flat) {
    return <GroupCard batch={batch} feed={feed} group={null} steps={feed.steps} source={undefined} />;
  }
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
  /** Null: all groups in one. */
  group: number | null;
  steps: readonly StepChange[];
  source: string | undefined;
}) {
  const { ref, inViewport } = useInViewport<HTMLElement>();
  const [seen, setSeen] = useState(false);
  useEffect(() => setSeen((was) => was || inViewport), [inViewport]);
  const shown = steps.slice(0, PER_GROUP);
  const details = useSteps(batch.batch_id, feed, seen ? shown.map((s) => s.ordinal) : []);
  const [open, setOpen] = useState<number | null>(null);
  const made = steps.filter((s) => s.state === 'SUCCEEDED').length;
  const named = (step: StepChange | undefined) =>
    groupName(batch.kind, step?.group ?? 0, details.get(step?.ordinal ?? -1)?.paths[0]?.[0]);
  const name = group === null ? 'All results' : named(steps[0]);
  const [told, setTold] = useState<number | null>(null);
  const show = (step: StepChange) =>
    (details.get(step.ordinal)?.outputs.length ? setOpen : setTold)(step.ordinal);
  const families = lineage(shown, details);
  const playable = families.flat().flatMap((step) => details.get(step.ordinal) ?? []);
  return (
    <section ref={ref} className={`card ${classes.group}`} aria-label={name}>
      <Group justify="space-between" mb="md">
        <Group gap="md">
          {source && <img src={`${source}?thumbnail=128`} alt="" className={classes.source} />}
          <div>
            <Text fw={640}>{name}</Text>
            <Text size="sm" className="quiet num">
              {made} of {plural(steps.length, 'step')} done
            </Text>
          </div>
        </Group>
        {made > 0 && group !== null && (
          <DownloadButton
            batchId={batch.batch_id}
            group={group}
            variant="subtle"
            size="compact-sm"
            leftSection={<IconDownload size={15} />}
          >
            Download group
          </DownloadButton>
        )}
      </Group>
      <div className={classes.families} data-many={families.some((family) => family.length > 1)}>
        {families.map(([parent, ...children]) =>
          parent === undefined ? null : (
            <div key={parent.step_id} className={classes.family}>
              <Tile
                step={parent}
                detail={details.get(parent.ordinal)}
                caption={group === null ? named(parent) : undefined}
                onOpen={() => show(parent)}
              />
              {children.length > 0 && (
                <>
                  <IconArrowRight size={18} stroke={1.8} className={classes.arrow} aria-label="became" />
                  <div className={classes.children}>
                    {children.map((child) => (
                      <Tile
                        key={child.step_id}
                        step={child}
                        detail={details.get(child.ordinal)}
                        onOpen={() => show(child)}
                      />
                    ))}
                  </div>
                </>
              )}
            </div>
          ),
        )}
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
      <StepDrawer batch={batch} feed={feed} ordinal={told} onClose={() => setTold(null)} onOpen={setTold} />
    </section>
  );
}

/** Each root with its children after it. Until parents are known, every step stands alone. */
function lineage(steps: readonly StepChange[], details: Map<number, Step>): StepChange[][] {
  const families = new Map<string, StepChange[]>();
  for (const step of steps) {
    const parent = details.get(step.ordinal)?.parent_id;
    const family = parent ? families.get(parent) : undefined;
    if (family) family.push(step);
    else families.set(step.step_id, [step]);
  }
  return [...families.values()];
}

function Tile({
  step,
  detail,
  caption = detail?.prompt ?? '',
  onOpen,
}: {
  step: StepChange;
  detail: Step | undefined;
  caption?: string | undefined;
  onOpen: () => void;
}) {
  const name = `${STEP_WORDS[step.kind]} ${step.ordinal + 1}: ${detail?.prompt ?? ''}`;
  const output = detail?.outputs[0];
  return (
    <figure className={classes.figure}>
      {output ? (
        <Result output={output} name={name} onOpen={onOpen} />
      ) : (
        <button
          type="button"
          className={classes.empty}
          data-state={step.state}
          onClick={onOpen}
          aria-label={`${STATE_WORDS[step.state]}, ${name}`}
        >
          <IconPhoto size={20} stroke={1.4} aria-hidden />
          <span>{STATE_WORDS[step.state]}</span>
        </button>
      )}
      <figcaption title={caption}>{caption}</figcaption>
    </figure>
  );
}

function Result({ output, name, onOpen }: { output: Output; name: string; onOpen: () => void }) {
  const [type] = output.media_type.split('/');
  return (
    <button
      type="button"
      className="tile"
      onClick={onOpen}
      aria-label={`Open ${name}${type === 'video' ? `, ${output.seconds} s` : ''}`}
    >
      {type === 'video' && (
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
      )}
      {type === 'image' && <img src={output.url} alt="" className="thumb" loading="lazy" />}
      {type === 'audio' && <IconVolume size={28} stroke={1.4} aria-hidden />}
      {type === 'application' && <IconFileText size={28} stroke={1.4} aria-hidden />}
      {(type === 'video' || type === 'audio') && output.seconds !== undefined && (
        <span className={classes.mark}>{Math.round(output.seconds * 10) / 10} s</span>
      )}
    </button>
  );
}
