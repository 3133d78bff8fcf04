import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { usePageTitle } from '../ui/usePageTitle';

export function NotFoundPage() {
  usePageTitle('Not found');
  return (
    <Stack align="flex-start" gap="xs">
      <Title order={1} size="h2">
        There is nothing here
      </Title>
      <Text c="dimmed">The address names no page of the console.</Text>
      <Anchor component={Link} to="/batches">
        All batches
      </Anchor>
    </Stack>
  );
}
