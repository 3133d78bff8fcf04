import { Stack, Text, Title } from '@mantine/core';
import { KeyForm } from './KeyForm';

/** What stands in the place of every page while the gateway knows nobody by this browser's key. */
export function KeyWanted() {
  return (
    <Stack className="card" p="xl" gap="md" maw={520} mx="auto" mt="10vh">
      <Title order={1} size="h3">
        An API key, please
      </Title>
      <Text className="quiet">
        This Kombine answers only to those it knows. The key is kept in this browser and goes to this address
        alone.
      </Text>
      <KeyForm />
    </Stack>
  );
}
