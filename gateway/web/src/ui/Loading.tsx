import { Skeleton, Stack } from '@mantine/core';

/** The outline of a page whose content is being read. */
export function Loading({ what }: { what: string }) {
  return (
    <Stack maw={1240} mx="auto" gap="md" aria-busy aria-label={`${what} is being read`} role="status">
      <Skeleton h={34} w={320} maw="70%" />
      <Skeleton h={110} radius="lg" />
      <Skeleton h={320} radius="lg" />
    </Stack>
  );
}

/** The outline of a list that is being read. */
export function LoadingRows({ what, height = 76 }: { what: string; height?: number }) {
  return (
    <Stack gap="xs" aria-busy aria-label={`${what} are being read`} role="status">
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} h={height} radius="lg" />
      ))}
    </Stack>
  );
}
