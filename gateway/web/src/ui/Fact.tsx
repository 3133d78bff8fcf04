import { Text } from '@mantine/core';

/** A number of a page with its name above it. */
export function Fact({ name, value }: { name: string; value: number | string }) {
  return (
    <div>
      <Text size="xs" className="quiet">
        {name}
      </Text>
      <Text fw={640} data-figure={name}>
        {typeof value === 'number' ? value.toLocaleString('en-US') : value}
      </Text>
    </div>
  );
}
