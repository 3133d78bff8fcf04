import { Group, Select, Stack, Text, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { startTransition, useMemo, useRef, useState } from 'react';
import type { Batch, StepKind, StepState } from '../api/types';
import type { BatchState } from '../live/batchFeed';
import { money } from '../ui/numbers';
import { StateWord } from '../ui/StatusBadge';
import { STATE_WORDS, STEP_WORDS } from '../ui/words';
import { StageSelect } from './StageSelect';
import { StepDrawer } from './StepDrawer';
import classes from './StepsTable.module.css';
import { useSteps } from './useSteps';

const ROW_PX = 52;

/** Every step of the batch; only what is on screen is rendered and read, so that 100,000 stay smooth. */
export function StepsTable({ batch, feed }: { batch: Batch; feed: BatchState }) {
  const [kind, setKind] = useState<StepKind | null>(null);
  const [state, setState] = useState<StepState | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const rows = useMemo(
    () =>
      feed.steps.filter(
        (step) => (kind === null || step.kind === kind) && (state === null || step.state === state),
      ),
    [feed.steps, kind, state],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const details = useSteps(
    batch.batch_id,
    feed,
    shown.flatMap((item) => rows[item.index]?.ordinal ?? []),
  );

  return (
    <Stack gap="sm">
      <Group gap="sm">
        <StageSelect batch={batch} value={kind} onChange={setKind} />
        <Select
          aria-label="State"
          placeholder="Any state"
          data={Object.entries(STATE_WORDS).map(([value, label]) => ({ value, label }))}
          value={state}
          onChange={(value) => startTransition(() => setState(value as StepState | null))}
          clearable
          w={190}
        />
        <Text size="sm" className="quiet num" role="status">
          {rows.length.toLocaleString('en-US')} of {feed.steps.length.toLocaleString('en-US')}
        </Text>
      </Group>
      <div
        className={`card ${classes.table}`}
        role="table"
        aria-label="Steps"
        aria-rowcount={rows.length + 1}
      >
        <div className={`${classes.row} ${classes.head}`} role="row" aria-rowindex={1}>
          {['Step', 'Prompt', 'State', 'Tries', 'Cost'].map((title) => (
            <span key={title} role="columnheader">
              {title}
            </span>
          ))}
        </div>
        <div
          ref={scroller}
          className={classes.scroller}
          role="rowgroup"
          tabIndex={0}
          aria-label="Rows of steps"
        >
          <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {shown.map((item) => {
              const step = rows[item.index];
              if (!step) return null;
              const detail = details.get(step.ordinal);
              const thumbnail = detail?.outputs[0]?.thumbnail_url;
              return (
                <div
                  key={step.step_id}
                  role="row"
                  aria-rowindex={item.index + 2}
                  className={classes.row}
                  style={{ position: 'absolute', top: item.start, height: ROW_PX, width: '100%' }}
                >
                  <span role="cell" className={classes.step}>
                    <span className={classes.thumb}>
                      {thumbnail && <img src={thumbnail} alt="" className="thumb" loading="lazy" />}
                    </span>
                    <UnstyledButton
                      className="num"
                      fz="sm"
                      fw={600}
                      onClick={() => startTransition(() => setOpen(step.ordinal))}
                    >
                      {STEP_WORDS[step.kind]} {step.ordinal + 1}
                    </UnstyledButton>
                  </span>
                  <span role="cell" className={classes.prompt} title={detail?.prompt}>
                    {detail?.error && step.state !== 'SUCCEEDED' ? detail.error.message : detail?.prompt}
                  </span>
                  <span role="cell">
                    <StateWord state={step.state} />
                  </span>
                  <span role="cell" className="num">
                    {detail ? `${detail.attempt} of ${detail.max_attempts}` : ''}
                  </span>
                  <span role="cell" className="num">
                    {detail?.cost == null ? '–' : money(detail.cost, detail.currency)}
                  </span>
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <StepDrawer batch={batch} feed={feed} ordinal={open} onClose={() => setOpen(null)} onOpen={setOpen} />
    </Stack>
  );
}
