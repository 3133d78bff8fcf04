import { Button, Group, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconSparkles } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { post } from '../api/client';
import { asProblem } from '../api/problem';
import type { Enhanced } from '../api/types';
import { MAX_PROMPTS, promptsOf } from './draft';

/** Prompts, one a line, with their number and a way to have all of them rewritten. */
export function PromptLines({
  label,
  placeholder,
  target,
  value,
  onChange,
  error,
}: {
  label: string;
  placeholder: string;
  target: 'i2i' | 'i2v';
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}) {
  const prompts = promptsOf(value);
  const enhance = useMutation({
    mutationFn: () => post<Enhanced>('/api/prompts/enhance', { prompts, target }),
    onSuccess: (result) => {
      onChange(result.prompts.map((p) => p.enhanced).join('\n'));
      const before = value;
      notifications.show({
        title: 'Prompts rewritten',
        message: (
          <Button size="compact-xs" variant="light" onClick={() => onChange(before)}>
            Put mine back
          </Button>
        ),
        autoClose: 12_000,
      });
    },
    onError: (e) =>
      notifications.show({ color: 'red', title: asProblem(e).title, message: asProblem(e).detail }),
  });
  const tooMany = prompts.length > MAX_PROMPTS;
  return (
    <div>
      <Textarea
        label={label}
        description="One a line"
        placeholder={placeholder}
        autosize
        minRows={3}
        maxRows={12}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error ?? (tooMany ? `At most ${MAX_PROMPTS} prompts are taken.` : undefined)}
      />
      <Group justify="space-between" mt={6}>
        <Text size="sm" className="quiet num">
          {prompts.length} of {MAX_PROMPTS}
        </Text>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconSparkles size={15} />}
          disabled={prompts.length === 0 || tooMany}
          loading={enhance.isPending}
          onClick={() => enhance.mutate()}
        >
          Enhance all
        </Button>
      </Group>
    </div>
  );
}
