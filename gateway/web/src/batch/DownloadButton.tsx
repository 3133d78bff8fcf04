import { Button, type ButtonProps } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Takes a batch's results, or those of one of its groups, as a zip file. */
export function DownloadButton({
  batchId,
  group,
  children,
  ...rest
}: ButtonProps & { batchId: string; group?: number; children: ReactNode; 'aria-label'?: string }) {
  const of = group === undefined ? '' : `/groups/${group}`;
  return (
    <Button
      component="a"
      href={`/api/batches/${batchId}${of}/download`}
      download
      variant="default"
      leftSection={<IconDownload size={16} />}
      {...rest}
    >
      {children}
    </Button>
  );
}
