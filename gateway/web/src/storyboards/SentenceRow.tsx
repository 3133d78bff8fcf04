import {
  ActionIcon,
  Autocomplete,
  Group,
  Menu,
  NumberInput,
  Select,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconDotsVertical, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import type { Asset, Sentence } from '../api/types';
import { ProblemNote } from '../ui/ProblemNote';
import { toldFailure } from '../ui/toast';
import classes from './Storyboard.module.css';

const MOVEMENTS = ['static', 'zoom in', 'zoom out', 'pan left', 'pan right', 'tilt up', 'tilt down'];

type Preload = 'metadata' | 'none';

type Words = Pick<Sentence, 'text' | 'imagePrompt' | 'cameraMovement' | 'motionStrength' | 'voice'>;

/** One sentence: its words, kept as soon as the field is left, and what was made of them. */
export function SentenceRow({
  projectId,
  sentence,
  voices,
  first,
  last,
  problem,
  onMove,
  onChanged,
}: {
  projectId: string;
  sentence: Sentence;
  voices: string[];
  first: boolean;
  last: boolean;
  problem: string | undefined;
  onMove: (by: number) => void;
  onChanged: () => void;
}) {
  const kept: Words = {
    text: sentence.text,
    imagePrompt: sentence.imagePrompt ?? '',
    cameraMovement: sentence.cameraMovement ?? '',
    ...(sentence.motionStrength === undefined ? {} : { motionStrength: sentence.motionStrength }),
    ...(sentence.voice === undefined ? {} : { voice: sentence.voice }),
  };
  const [words, setWords] = useState<Words>(kept);
  const keptText = JSON.stringify(kept);
  useEffect(() => setWords(JSON.parse(keptText) as Words), [keptText]);
  const path = `/api/v1/projects/${projectId}/sentences/${sentence.id}`;
  const save = useMutation({
    mutationFn: (next: Words) =>
      call<Sentence>('PUT', path, {
        text: next.text,
        ...(next.imagePrompt?.trim() ? { imagePrompt: next.imagePrompt } : {}),
        ...(next.cameraMovement?.trim() ? { cameraMovement: next.cameraMovement } : {}),
        ...(next.motionStrength === undefined ? {} : { motionStrength: next.motionStrength }),
        ...(next.voice ? { voice: next.voice } : {}),
      }),
    onSuccess: onChanged,
  });
  const remove = useMutation({
    mutationFn: () => call('DELETE', path),
    onSuccess: onChanged,
    onError: toldFailure,
  });
  const change = (part: Partial<Words>) => setWords((before) => ({ ...before, ...part }));
  const keep = (next: Words = words) => {
    if (JSON.stringify(next) !== keptText) save.mutate(next);
  };
  const { ref, inViewport } = useInViewport<HTMLLIElement>();
  // why only then: a hundred sentences must not read a hundred films at once
  const preload = inViewport ? 'metadata' : 'none';
  const refused = save.error ? asProblem(save.error) : null;
  const name = `sentence ${sentence.position}`;
  return (
    <li
      ref={ref}
      className={classes.row}
      data-sentence={sentence.position}
      aria-label={`Sentence ${sentence.position}`}
    >
      <Text className="num quiet" fw={600} pt={8}>
        {sentence.position}
      </Text>
      <div>
        <Textarea
          aria-label={`Text of ${name}`}
          autosize
          minRows={2}
          maxRows={8}
          value={words.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
          onBlur={() => keep()}
          error={fieldMessage(refused, 'text')}
        />
        <Sound asset={sentence.assets.audio} preload={preload} name={name} />
      </div>
      <Textarea
        aria-label={`Image prompt of ${name}`}
        placeholder="What the image shows"
        autosize
        minRows={2}
        maxRows={8}
        value={words.imagePrompt ?? ''}
        onChange={(event) => change({ imagePrompt: event.currentTarget.value })}
        onBlur={() => keep()}
        error={fieldMessage(refused, 'imagePrompt') ?? problem}
      />
      <Stack gap={8}>
        <Autocomplete
          aria-label={`Camera movement of ${name}`}
          placeholder="Camera movement"
          data={MOVEMENTS}
          value={words.cameraMovement ?? ''}
          onChange={(cameraMovement) => change({ cameraMovement })}
          onBlur={() => keep()}
          error={fieldMessage(refused, 'cameraMovement')}
        />
        <Stack gap={8}>
          <NumberInput
            aria-label={`Motion strength of ${name}`}
            placeholder="Strength 0–1"
            min={0}
            max={1}
            step={0.1}
            decimalScale={3}
            value={words.motionStrength ?? ''}
            onChange={(value) =>
              setWords((before) => {
                const { motionStrength: _, ...rest } = before;
                return value === '' ? rest : { ...rest, motionStrength: Number(value) };
              })
            }
            onBlur={() => keep()}
            error={fieldMessage(refused, 'motionStrength')}
          />
          <Select
            aria-label={`Voice of ${name}`}
            placeholder="Voice"
            data={voices}
            value={words.voice ?? null}
            clearable
            onChange={(voice) => {
              const { voice: _, ...rest } = words;
              const next = voice ? { ...rest, voice } : rest;
              setWords(next);
              keep(next);
            }}
            error={fieldMessage(refused, 'voice')}
          />
        </Stack>
        {refused && refused.errors.length === 0 && <ProblemNote error={save.error} />}
      </Stack>
      <div>
        <Picture asset={sentence.assets.image} name={name} />
        <Mark asset={sentence.assets.image} />
      </div>
      <div>
        <Film asset={sentence.assets.video} preload={preload} name={name} />
        <Group justify="space-between" wrap="nowrap">
          <Mark asset={sentence.assets.video} />
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" mt={4} aria-label={`More for ${name}`}>
                <IconDotsVertical size={17} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconArrowUp size={15} />} disabled={first} onClick={() => onMove(-1)}>
                Move up
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowDown size={15} />} disabled={last} onClick={() => onMove(1)}>
                Move down
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => remove.mutate()}>
                Remove the sentence
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </div>
    </li>
  );
}

const MARKS = {
  clean: ['var(--kb-succeeded)', 'Up to date'],
  dirty: ['var(--kb-retry)', 'Out of date'],
  missing: ['var(--kb-stopped)', 'Not made yet'],
} as const;

function Mark({ asset }: { asset: Asset }) {
  const [color, words] = MARKS[asset.status];
  return (
    <span className={classes.mark} data-asset={asset.status}>
      <span className="dot" style={{ background: color }} aria-hidden />
      {words}
    </span>
  );
}

function Sound({ asset, preload, name }: { asset: Asset; preload: Preload; name: string }) {
  return (
    <>
      {asset.url && (
        // biome-ignore lint/a11y/useMediaCaption: its words stand above it
        <audio key={asset.url} src={asset.url} controls preload={preload} aria-label={`Speech of ${name}`} />
      )}
      <Mark asset={asset} />
    </>
  );
}

function Picture({ asset, name }: { asset: Asset; name: string }) {
  return asset.url ? (
    <a href={asset.url} target="_blank" rel="noreferrer" aria-label={`Image of ${name}, large`}>
      <img src={asset.url} alt={`Of ${name}`} loading="lazy" className={classes.media} />
    </a>
  ) : (
    <div className={`${classes.media} ${classes.none}`}>No image</div>
  );
}

function Film({ asset, preload, name }: { asset: Asset; preload: Preload; name: string }) {
  return asset.url ? (
    // biome-ignore lint/a11y/useMediaCaption: the videos have no sound
    <video
      key={asset.url}
      src={asset.url}
      poster={asset.thumbnailUrl}
      controls
      playsInline
      preload={preload}
      className={classes.media}
      aria-label={`Video of ${name}`}
    />
  ) : (
    <div className={`${classes.media} ${classes.none}`}>No video</div>
  );
}
