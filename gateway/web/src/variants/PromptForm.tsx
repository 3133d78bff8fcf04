import { Button, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, post } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import { ProblemNote } from '../ui/ProblemNote';

/** What a form is for: a new image type or template, or one that is there. */
export interface PromptTarget {
  kind: 'image-types' | 'prompt-templates';
  id: string | null;
  name: string;
  prompt: string;
}

const TITLES = {
  'image-types': ['New image type', 'Image type'],
  'prompt-templates': ['New template', 'Template'],
} as const;

/** Names a prompt, with its placeholders, for an image type or a template. */
export function PromptForm({
  target,
  onClose,
  onSaved,
}: {
  target: PromptTarget | null;
  onClose: () => void;
  onSaved: (kind: PromptTarget['kind'], id: string) => void;
}) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [prompt, setPrompt] = useState('');
  useEffect(() => {
    setName(target?.name ?? '');
    setPrompt(target?.prompt ?? '');
  }, [target]);
  const save = useMutation({
    mutationFn: async (to: PromptTarget) => {
      const body = { name: name.trim(), prompt: prompt.trim() };
      const saved =
        to.id === null
          ? await post<{ imageTypeId?: string; templateId?: string }>(`/api/${to.kind}`, body)
          : await call<{ imageTypeId?: string; templateId?: string }>(
              'PATCH',
              `/api/${to.kind}/${to.id}`,
              body,
            );
      return { kind: to.kind, id: saved.imageTypeId ?? saved.templateId ?? '' };
    },
    onSuccess: async ({ kind, id }) => {
      await queries.invalidateQueries({ queryKey: [kind] });
      onSaved(kind, id);
      onClose();
    },
  });
  const problem = save.error ? asProblem(save.error) : null;
  return (
    <Modal
      opened={target !== null}
      onClose={() => {
        save.reset();
        onClose();
      }}
      title={target ? TITLES[target.kind][target.id === null ? 0 : 1] : ''}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (target) save.mutate(target);
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldMessage(problem, 'name')}
          />
          <Textarea
            label="Prompt"
            autosize
            minRows={3}
            value={prompt}
            onChange={(event) => setPrompt(event.currentTarget.value)}
            error={fieldMessage(problem, 'prompt')}
          />
          <Text size="xs" className="quiet">
            {'{{title}}, {{asin}}, {{variant}} and {{imageType}} are filled in for each product.'}
          </Text>
          {problem && problem.errors.length === 0 && <ProblemNote error={save.error} />}
          <Button type="submit" loading={save.isPending} disabled={!name.trim() || !prompt.trim()}>
            Save
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
