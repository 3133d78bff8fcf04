import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A page's title, what the page is for in one sentence, and its first actions. */
export function PageHead({ title, note, children }: { title: string; note?: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-start" gap="md">
      <div style={{ minWidth: 0 }}>
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {note && <Text className="quiet">{note}</Text>}
      </div>
      {children && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
