import {
  Button,
  Checkbox,
  Group,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { KeyForm } from '../access/KeyForm';
import { hasKey, keepKey } from '../access/key';
import { get } from '../api/client';
import type { VariantCounts } from '../api/types';
import { ModelSelect } from '../models/ModelSelect';
import { useModels } from '../models/useModels';
import { FormatFields, VariationFields } from '../slideshows/OutputFields';
import { PageHead } from '../ui/PageHead';
import { Section } from '../ui/Section';
import { usePageTitle } from '../ui/usePageTitle';
import { WholeNumber } from '../ui/WholeNumber';
import { DEFAULTS, type Settings, useSettings } from './settings';

/** What a person prefers; every change is kept at once. */
export function SettingsPage() {
  usePageTitle('Settings');
  const [settings, setSettings] = useSettings();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { of } = useModels();
  const variants = useQuery({
    queryKey: ['variants-summary'],
    queryFn: async () => (await get<VariantCounts>('/api/products/variants-summary')).variants,
  });
  const set = (change: Partial<Settings>) => setSettings((before) => ({ ...before, ...change }));
  const resolutions = [...new Set(of('i2v').flatMap((m) => m.capabilities.resolutions ?? []))];
  const voices = [...new Set(of('audio').flatMap((m) => m.capabilities.voices ?? []))];
  return (
    <Stack gap="lg" maw={820} mx="auto">
      <PageHead
        title="Settings"
        note="Kept in this browser. New work begins with these; what you have begun already keeps its own."
      />
      <Section title="Look">
        <Group justify="space-between">
          <Text id="theme">Theme</Text>
          <SegmentedControl
            aria-labelledby="theme"
            value={colorScheme}
            onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
            data={[
              { value: 'auto', label: 'As the system' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
        </Group>
      </Section>
      <Section
        title="Access"
        note="Kept in this browser, sent to this address alone. Without a key you act for the default owner, where there is one."
      >
        {hasKey(document.cookie) ? (
          <Group justify="space-between">
            <Text>A key is in use.</Text>
            <Button
              variant="default"
              onClick={() => {
                keepKey('');
                location.reload();
              }}
            >
              Forget the key
            </Button>
          </Group>
        ) : (
          <KeyForm />
        )}
      </Section>
      <Section title="Models" note="For bulk pipelines and storyboards.">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <ModelSelect
            label="Image model"
            placeholder="The one that costs the least"
            models={of('i2i')}
            value={settings.imageModel}
            onChange={(imageModel) => set({ imageModel })}
            clearable
          />
          <ModelSelect
            label="Video model"
            placeholder="The one that costs the least"
            models={of('i2v')}
            value={settings.videoModel}
            onChange={(videoModel) => set({ videoModel })}
            clearable
          />
          <ModelSelect
            label="Speech model"
            placeholder="The one that costs the least"
            models={of('audio')}
            value={settings.audioModel}
            onChange={(audioModel) => set({ audioModel })}
            clearable
          />
          <Select
            label="Resolution of videos"
            placeholder="720p where there is"
            data={resolutions}
            value={settings.resolution}
            onChange={(resolution) => set({ resolution })}
            clearable
          />
        </SimpleGrid>
      </Section>
      <Section title="Bulk pipelines">
        <WholeNumber
          label="Seconds of a video"
          min={1}
          max={60}
          maw={240}
          value={settings.durationSec}
          onChange={(durationSec) => set({ durationSec })}
        />
        <Checkbox
          label="Hold videos until I approve them"
          checked={settings.approval}
          onChange={(event) => set({ approval: event.currentTarget.checked })}
        />
        <Checkbox
          label="Take results that were made before from the same things, at no cost"
          checked={settings.reuse}
          onChange={(event) => set({ reuse: event.currentTarget.checked })}
        />
      </Section>
      <Section title="Variants and scene rows">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label="Variant of source images"
            placeholder="None"
            data={[
              ...new Set([
                ...(variants.data?.map((each) => each.variant) ?? []),
                ...(settings.variant ? [settings.variant] : []),
              ]),
            ]}
            value={settings.variant}
            onChange={(variant) => set({ variant })}
            clearable
          />
          <WholeNumber
            label="Variants of a scene"
            min={1}
            max={3}
            value={settings.sceneVariants}
            onChange={(sceneVariants) => set({ sceneVariants })}
          />
        </SimpleGrid>
      </Section>
      <Section title="Storyboards">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label="Voice of new sentences"
            placeholder="The model’s own"
            data={voices}
            value={settings.voice}
            onChange={(voice) => set({ voice })}
            clearable
            searchable
          />
          <WholeNumber
            label="Seconds of a sentence’s video"
            min={1}
            max={60}
            value={settings.storyboardSeconds}
            onChange={(storyboardSeconds) => set({ storyboardSeconds })}
          />
        </SimpleGrid>
        <Checkbox
          label="Leave what is up to date"
          checked={settings.skipClean}
          onChange={(event) => set({ skipClean: event.currentTarget.checked })}
        />
      </Section>
      <Section title="Slideshows">
        <FormatFields value={settings} set={set} />
        <VariationFields value={settings} set={set} />
      </Section>
      <Button
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => {
          setSettings(DEFAULTS);
          setColorScheme('auto');
        }}
      >
        Back to the defaults
      </Button>
    </Stack>
  );
}
