import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '../api/problem';
import type { Model } from '../api/types';
import { Section } from '../ui/Section';
import type { Draft } from './draft';

/** What each stage's part of the form is given. */
export interface StageProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  models: Model[];
  problem: Problem | null;
}

/** A stage of the pipeline, which may be left out. */
export function StageSection({
  title,
  on,
  onToggle,
  children,
}: {
  title: string;
  on: boolean;
  onToggle: (on: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Section
      title={title}
      aside={
        <Switch
          label={`Make ${title.toLowerCase()}`}
          labelPosition="left"
          checked={on}
          onChange={(event) => onToggle(event.currentTarget.checked)}
        />
      }
    >
      {on && children}
    </Section>
  );
}
