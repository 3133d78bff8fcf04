import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Title,
  useMantineColorScheme,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { ModelList, StepKind } from '../api/types';
import { usePageTitle } from '../ui/usePageTitle';
import { DEFAULTS, type Settings, useSettings } from './settings';

/** What a person prefers; every change is kept at once. */
export function SettingsPage() {
  usePageTitle('Settings');
  const [settings, setSettings] = useSettings();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const models = useQuery({ queryKey: ['models'], queryFn: () => get<ModelList>('/api/models') });
  const of = (kind: StepKind) => models.data?.models.filter((m) => m.kind === kind) ?? [];
  const set = (change: Partial<Settings>) => setSettings((before) => ({ ...before, ...change }));
  const resolutions = [...new Set(of('i2v').flatMap((m) => m.capabilities.resolutions ?? []))];
  return (
    <Stack gap="lg" maw={820} mx="auto">
      <Title order={1} size="h2">
        Settings
      </Title>
      <Stack className="card" p="lg" gap="md" component="section">
        <Title order={2} size="h4">
          Look
        </Title>
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
      </Stack>
      <Stack className="card" p="lg" gap="md" component="section">
        <div>
          <Title order={2} size="h4">
            New bulk pipelines
          </Title>
          <Text size="sm" className="quiet">
            What a new one begins with; what you have begun already keeps its own.
          </Text>
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label="Image model"
            placeholder="The first there is"
            data={of('i2i').map((m) => m.id)}
            value={settings.imageModel}
            onChange={(imageModel) => set({ imageModel })}
            clearable
          />
          <Select
            label="Video model"
            placeholder="The first there is"
            data={of('i2v').map((m) => m.id)}
            value={settings.videoModel}
            onChange={(videoModel) => set({ videoModel })}
            clearable
          />
          <Select
            label="Resolution"
            placeholder="720p"
            data={resolutions}
            value={settings.resolution}
            onChange={(resolution) => set({ resolution })}
            clearable
          />
          <NumberInput
            label="Seconds of a video"
            min={1}
            max={60}
            value={settings.durationSec}
            onChange={(value) => set({ durationSec: Number(value) || DEFAULTS.durationSec })}
          />
        </SimpleGrid>
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
      </Stack>
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
