import { Button, Menu, Switch, Text } from '@mantine/core';
import { IconChevronDown, IconWand } from '@tabler/icons-react';
import type { Project, StoryboardStage } from '../api/types';
import { plural } from '../ui/numbers';

/** How many of each are missing or out of date. */
export function dirtyCounts(project: Project): Record<StoryboardStage, number> {
  const count = (kind: 'audio' | 'image' | 'video') =>
    project.sentences.filter((sentence) => sentence.dirty[kind]).length;
  return { audio: count('audio'), images: count('image'), videos: count('video') };
}

/** What to generate, with how much of each there is to make. */
export function GenerateMenu({
  project,
  skipClean,
  onSkipClean,
  busy,
  onGenerate,
}: {
  project: Project;
  skipClean: boolean;
  onSkipClean: (skip: boolean) => void;
  busy: boolean;
  onGenerate: (stages: StoryboardStage[]) => void;
}) {
  const all = project.sentences.length;
  const dirty = skipClean ? dirtyCounts(project) : { audio: all, images: all, videos: all };
  const total = dirty.audio + dirty.images + dirty.videos;
  const items: [string, StoryboardStage[], number][] = [
    ['Everything', ['audio', 'images', 'videos'], total],
    ['Speech', ['audio'], dirty.audio],
    ['Images', ['images'], dirty.images],
    ['Videos', ['videos'], dirty.videos],
  ];
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button
          leftSection={<IconWand size={17} />}
          rightSection={<IconChevronDown size={15} />}
          disabled={all === 0}
          loading={busy}
        >
          Generate{total > 0 ? ` (${total})` : ''}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(([label, stages, n]) => (
          <Menu.Item
            key={label}
            disabled={n === 0}
            onClick={() => onGenerate(stages)}
            rightSection={
              <Text size="sm" className="num quiet">
                {n === 0 ? 'up to date' : n}
              </Text>
            }
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          component="div"
          closeMenuOnClick={false}
          onClick={() => onSkipClean(!skipClean)}
          role="menuitemcheckbox"
          aria-checked={skipClean}
        >
          <Switch
            size="xs"
            label="Leave what is up to date"
            checked={skipClean}
            readOnly
            tabIndex={-1}
            aria-hidden
            styles={{ root: { pointerEvents: 'none' } }}
          />
        </Menu.Item>
        <Text size="xs" className="quiet" px="sm" pb={6}>
          {plural(all, 'sentence')}; equal ones share their calls.
        </Text>
      </Menu.Dropdown>
    </Menu>
  );
}
