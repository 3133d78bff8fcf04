import { Text } from '@mantine/core';
import { fieldMessage, type Problem } from '../api/problem';

/** What a problem says of a field that has no place of its own for it. */
export function FieldError({ problem, field }: { problem: Problem | null; field: string }) {
  const message = fieldMessage(problem, field);
  if (!message) return null;
  return (
    <Text size="xs" c="red" role="alert">
      {message}
    </Text>
  );
}
