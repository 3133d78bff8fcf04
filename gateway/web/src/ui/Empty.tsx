import { Stack, Text } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

/** What stands where there is nothing yet: why, and what to do about it. */
export function Empty({
  title,
  icon: Icon,
  action,
  children,
}: {
  title: string;
  icon?: ComponentType<{ size: number; stroke: number; 'aria-hidden': boolean }>;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Stack className="card" align="center" gap={6} px="md" py={56}>
      {Icon && (
        <span className="emblem">
          <Icon size={26} stroke={1.5} aria-hidden />
        </span>
      )}
      <Text fw={640} size="lg">
        {title}
      </Text>
      <Text className="quiet" ta="center" maw={460}>
        {children}
      </Text>
      {action && <div style={{ marginTop: 12 }}>{action}</div>}
    </Stack>
  );
}
