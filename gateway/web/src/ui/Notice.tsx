import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Something a person should see, and perhaps act on: a card with a coloured edge. */
export function Notice({
  color,
  title,
  role,
  children,
}: {
  color: string;
  title: string;
  role?: 'alert' | 'status';
  children?: ReactNode;
}) {
  return (
    <Stack
      component="section"
      className="card"
      role={role}
      aria-label={title}
      gap={6}
      p="md"
      style={{ borderLeft: `4px solid ${color}`, borderTopLeftRadius: 8, borderBottomLeftRadius: 8 }}
    >
      <Group gap={8}>
        <Text fw={640}>{title}</Text>
      </Group>
      {children}
    </Stack>
  );
}
