import { Select } from '@mantine/core';
import { startTransition } from 'react';
import type { Batch, StepKind } from '../api/types';
import { STAGE_WORDS } from '../ui/words';

/** A choice of one of a batch's stages; null is all of them. */
export function StageSelect({
  batch,
  value,
  onChange,
}: {
  batch: Batch;
  value: StepKind | null;
  onChange: (kind: StepKind | null) => void;
}) {
  return (
    <Select
      aria-label="Stage"
      placeholder="All stages"
      data={batch.stages.map((stage) => ({ value: stage.kind, label: STAGE_WORDS[stage.kind] }))}
      value={value}
      onChange={(kind) => startTransition(() => onChange(kind as StepKind | null))}
      clearable
      w={160}
    />
  );
}
