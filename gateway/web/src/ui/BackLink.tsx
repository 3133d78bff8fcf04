import { Anchor, Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** The way from a page of one thing to the page of all of them. */
export function BackLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Anchor component={Link} to={to} size="sm" className="quiet" style={{ alignSelf: 'flex-start' }}>
      <Group gap={6}>
        <IconArrowLeft size={15} aria-hidden /> {children}
      </Group>
    </Anchor>
  );
}
