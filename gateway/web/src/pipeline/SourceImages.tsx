import { ActionIcon, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconPhotoPlus, IconX } from '@tabler/icons-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { bytes } from '../ui/numbers';
import { MAX_IMAGES, type Source } from './draft';
import classes from './SourceImages.module.css';
import { useUploads } from './useUploads';

const TYPES = ['image/jpeg', 'image/png', 'image/webp'];

/** The photographs: dropped, pasted or picked, put in order by dragging or with the arrow buttons. */
export function SourceImages({
  sources,
  onChange,
  error,
  max = MAX_IMAGES,
  label = 'Photographs',
}: {
  sources: Source[];
  onChange: (change: (before: Source[]) => Source[]) => void;
  error: string | undefined;
  max?: number;
  label?: string;
}) {
  const { pending, add, drop } = useUploads((source) =>
    onChange((before) =>
      before.length >= max || before.some((s) => s.artifact_id === source.artifact_id)
        ? before
        : [...before, source],
    ),
  );
  const [over, setOver] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  // why besides the state: a quick hand is over the next picture before the state has changed
  const moving = useRef<number | null>(null);
  const drag = (index: number | null) => {
    moving.current = index;
    setDragged(index);
  };
  const input = useRef<HTMLInputElement>(null);
  const room = max - sources.length - pending.length;

  const take = (files: File[]) => {
    const images = files.filter((file) => TYPES.includes(file.type));
    const fit = images.slice(0, Math.max(0, room));
    setNote(
      images.length < files.length
        ? 'Only JPEG, PNG and WebP photographs are taken; the rest was left out.'
        : fit.length < images.length
          ? `At most ${max} photographs; ${images.length - fit.length} left out.`
          : null,
    );
    if (fit.length > 0) void add(fit);
  };
  const taken = useRef(take);
  taken.current = take;
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) {
        event.preventDefault();
        taken.current(files);
      }
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);

  const move = (from: number, to: number) =>
    onChange((before) => {
      const next = before.slice();
      const [moved] = next.splice(from, 1);
      if (moved && to >= 0 && to < before.length) {
        next.splice(to, 0, moved);
        return next;
      }
      return before;
    });
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer.files.length > 0) take([...event.dataTransfer.files]);
  };

  return (
    <Stack gap="sm">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first */}
      <div
        className={classes.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(dragged === null);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <ul className={classes.images} aria-label={label}>
          {sources.map((source, index) => (
            <li
              key={source.artifact_id}
              className={classes.image}
              draggable
              onDragStart={() => drag(index)}
              onDragEnd={() => drag(null)}
              onDragOver={() => {
                const from = moving.current;
                if (from !== null && from !== index) {
                  move(from, index);
                  drag(index);
                }
              }}
              data-dragged={dragged === index}
            >
              <img src={`${source.url}?thumbnail=128`} alt={source.name} className="thumb" />
              <span className={classes.place}>{index + 1}</span>
              <div className={classes.tools}>
                <Tool
                  label={`Move ${source.name} left`}
                  off={index === 0}
                  onClick={() => move(index, index - 1)}
                >
                  <IconArrowLeft size={14} />
                </Tool>
                <Tool
                  label={`Move ${source.name} right`}
                  off={index === sources.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  <IconArrowRight size={14} />
                </Tool>
                <Tool
                  label={`Remove ${source.name}`}
                  onClick={() => onChange((before) => before.filter((s) => s !== source))}
                >
                  <IconX size={14} />
                </Tool>
              </div>
              <Text size="xs" className={`quiet ${classes.caption}`} truncate title={source.name}>
                {source.width_px} × {source.height_px}, {bytes(source.bytes)}
              </Text>
            </li>
          ))}
          {pending.map((file) => (
            <li key={file.key} className={classes.pending}>
              <Text size="xs" truncate w="100%" ta="center">
                {file.name}
              </Text>
              {file.error ? (
                <Text size="xs" c="red" ta="center" role="alert" lineClamp={4}>
                  {file.error}
                </Text>
              ) : (
                <Progress
                  value={file.share * 100}
                  w="80%"
                  size="sm"
                  aria-label={`${file.name}, ${Math.round(file.share * 100)}% uploaded`}
                />
              )}
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => drop(file.key)}>
                {file.error ? 'Dismiss' : 'Stop'}
              </Button>
            </li>
          ))}
        </ul>
        {room > 0 && (
          <Group justify="center" gap="xs" p="md">
            <IconPhotoPlus size={20} stroke={1.6} aria-hidden />
            <Text size="sm" className="quiet">
              Drop or paste photographs here, or
            </Text>
            <Button
              size="compact-sm"
              variant="light"
              aria-label={`Choose files: ${label}`}
              onClick={() => input.current?.click()}
            >
              choose files
            </Button>
          </Group>
        )}
        <input
          ref={input}
          type="file"
          accept={TYPES.join(',')}
          multiple
          hidden
          data-testid="files"
          aria-label={label}
          onChange={(event) => {
            take([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {(error ?? note) && (
        <Text size="sm" c="red" role="alert">
          {error ?? note}
        </Text>
      )}
    </Stack>
  );
}

function Tool({
  label,
  off = false,
  onClick,
  children,
}: {
  label: string;
  off?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <ActionIcon size={24} variant="white" color="dark" aria-label={label} disabled={off} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
