import { ActionIcon, Group } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import type { PromptTarget } from './PromptForm';

/** Ways to change what is chosen of image types or templates, and to add another. */
export function EditPrompt({
  name,
  shown,
  onNew,
  onEdit,
}: {
  name: string;
  shown: PromptTarget | undefined;
  onNew: () => void;
  onEdit: (target: PromptTarget) => void;
}) {
  return (
    <Group gap={4} wrap="nowrap">
      {shown && (
        <ActionIcon
          variant="default"
          size={36}
          aria-label={`Change the ${name}`}
          onClick={() => onEdit(shown)}
        >
          <IconPencil size={17} />
        </ActionIcon>
      )}
      <ActionIcon variant="default" size={36} aria-label={`Add a new ${name}`} onClick={onNew}>
        <IconPlus size={17} />
      </ActionIcon>
    </Group>
  );
}
