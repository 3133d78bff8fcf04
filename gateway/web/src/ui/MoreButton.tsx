import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

/** Reads the next page of a list, where there is one. */
export function MoreButton({
  pages,
  children,
}: {
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  children: ReactNode;
}) {
  if (!pages.hasNextPage) return null;
  return (
    <Button
      variant="default"
      onClick={() => void pages.fetchNextPage()}
      loading={pages.isFetchingNextPage}
      style={{ alignSelf: 'center' }}
    >
      {children}
    </Button>
  );
}
