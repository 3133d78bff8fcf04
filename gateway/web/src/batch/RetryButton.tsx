import { Button, type ButtonProps } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { post } from '../api/client';
import type { Retried } from '../api/types';
import { plural } from '../ui/numbers';
import { told, toldFailure } from '../ui/toast';

/** Brings failed steps and files back: all of a batch, or those of some links of a slideshow batch. */
export function RetryButton({
  batchId,
  links,
  onRevived,
  children,
  ...rest
}: ButtonProps & {
  batchId: string;
  links?: number[];
  onRevived: () => void;
  children: ReactNode;
  'aria-label'?: string;
}) {
  const retry = useMutation({
    mutationFn: () =>
      links
        ? post<Retried>(`/api/batch/${batchId}/retry-failed`, { links })
        : post<Retried>(`/api/batches/${batchId}/retry-failed`),
    onSuccess: ({ steps, files }) => {
      if (steps + files === 0) {
        told(
          'Nothing to try again',
          'What failed has nothing to run on, such as a link without slides: submit it anew.',
        );
        return;
      }
      told('Trying again', `${plural(steps, 'step')} and ${plural(files, 'file')} were brought back.`);
      onRevived();
    },
    onError: toldFailure,
  });
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={retry.isPending}
      onClick={() => retry.mutate()}
      {...rest}
    >
      {children}
    </Button>
  );
}
