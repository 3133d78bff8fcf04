import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A card of a page with its title, and at its right what belongs to all of it. */
export function Section({
  title,
  note,
  aside,
  children,
}: {
  title: string;
  note?: string | undefined;
  aside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <Stack className="card" p={{ base: 'md', sm: 'lg' }} gap="md" component="section" aria-label={title}>
      <Group justify="space-between" gap="sm">
        <div>
          <Title order={2} size="h4">
            {title}
          </Title>
          {note && (
            <Text size="sm" className="quiet">
              {note}
            </Text>
          )}
        </div>
        {typeof aside === 'string' ? (
          <Text size="sm" className="quiet num">
            {aside}
          </Text>
        ) : (
          aside
        )}
      </Group>
      {children}
    </Stack>
  );
}
