import { ActionIcon, Anchor, Group, Modal, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import type { Step } from '../api/types';
import { Media } from './Media';

/** One result large, with its neighbours an arrow key away. */
export function Lightbox({
  steps,
  ordinal,
  onOpen,
  onClose,
}: {
  steps: Step[];
  ordinal: number | null;
  onOpen: (ordinal: number) => void;
  onClose: () => void;
}) {
  const at = steps.findIndex((step) => step.ordinal === ordinal);
  const step = steps[at];
  const go = (by: number) => {
    const next = ordinal === null ? undefined : steps[(at + by + steps.length) % steps.length];
    if (next) onOpen(next.ordinal);
  };
  useHotkeys([
    ['ArrowLeft', () => go(-1)],
    ['ArrowRight', () => go(1)],
  ]);
  const output = step?.outputs[0];
  return (
    <Modal
      opened={step !== undefined}
      onClose={onClose}
      size="xl"
      centered
      title={step?.prompt}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {step && output && (
        <Stack gap="sm">
          <Media key={output.artifact_id} output={output} alt={step.prompt} />
          <Group justify="space-between">
            <Text size="sm" className="quiet num">
              {at + 1} of {steps.length} · {step.model}
              {output.width_px ? ` · ${output.width_px} × ${output.height_px} px` : ''}
            </Text>
            <Group gap="xs">
              <ActionIcon variant="default" size="lg" aria-label="Previous" onClick={() => go(-1)}>
                <IconChevronLeft size={18} />
              </ActionIcon>
              <ActionIcon variant="default" size="lg" aria-label="Next" onClick={() => go(1)}>
                <IconChevronRight size={18} />
              </ActionIcon>
              <Anchor href={output.url} download size="sm" ml="xs">
                <Group gap={4}>
                  <IconDownload size={16} aria-hidden /> Download
                </Group>
              </Anchor>
            </Group>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
