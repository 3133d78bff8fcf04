import { Button, Modal, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../api/client';
import type { Sentence } from '../api/types';
import { plural } from '../ui/numbers';
import { ProblemNote } from '../ui/ProblemNote';

/** Sentences as text, a line each; what stands behind a vertical bar is the image prompt. */
export function AddSentences({
  projectId,
  voice,
  opened,
  onClose,
  onAdded,
}: {
  projectId: string;
  voice: string | null;
  opened: boolean;
  onClose: () => void;
  onAdded: () => void;
}) {
  const [text, setText] = useState('');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const add = useMutation({
    mutationFn: async () => {
      for (const line of lines) {
        const [words = '', prompt = ''] = line.split('|').map((part) => part.trim());
        await post<Sentence>(`/api/v1/projects/${projectId}/sentences`, {
          text: words,
          ...(prompt ? { imagePrompt: prompt } : {}),
          ...(voice ? { voice } : {}),
        });
        // why: where one is refused, those before it are there, and only the rest is left to correct
        setText((before) =>
          before
            .split('\n')
            .slice(before.split('\n').indexOf(line) + 1)
            .join('\n'),
        );
      }
    },
    onSuccess: () => {
      setText('');
      onClose();
    },
    onSettled: onAdded,
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Add sentences"
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="sm">
        <Textarea
          label="Sentences"
          description="One a line: sentence | image prompt"
          placeholder={
            'The keeper climbs the stairs. | a lighthouse at dusk\nThe lamp turns. | a lamp in fog'
          }
          autosize
          minRows={6}
          maxRows={14}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {add.error && <ProblemNote error={add.error} />}
        <Button disabled={lines.length === 0} loading={add.isPending} onClick={() => add.mutate()}>
          Add {plural(lines.length, 'sentence')}
        </Button>
      </Stack>
    </Modal>
  );
}
