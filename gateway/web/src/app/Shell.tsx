import { AppShell, Burger, Group, NavLink, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSettings, IconStack2 } from '@tabler/icons-react';
import { Suspense, useEffect } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { KeyWanted } from '../access/KeyWanted';
import { useKeyWanted } from '../access/useAccount';
import { KIND_ICONS } from '../ui/kinds';
import { AccountLine } from './AccountLine';

const PLACES = [
  { to: '/batches', label: 'Batches', icon: IconStack2 },
  { to: '/pipeline', label: 'Bulk pipeline', icon: KIND_ICONS.pipeline },
  { to: '/variants', label: 'Variants', icon: KIND_ICONS.variant },
  { to: '/scenes', label: 'Scene rows', icon: KIND_ICONS.scenes },
  { to: '/storyboards', label: 'Storyboards', icon: KIND_ICONS.storyboard },
  { to: '/slideshows', label: 'Slideshows', icon: KIND_ICONS.slideshow },
  { to: '/settings', label: 'Settings', icon: IconSettings },
];

/** What stands around every page: where one can go, and what the account has spent. */
export function Shell() {
  const [open, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const keyWanted = useKeyWanted();
  // biome-ignore lint/correctness/useExhaustiveDependencies(pathname): whoever went somewhere has closed the menu
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#page" className="skip">
        Skip to the page
      </a>
      <AppShell.Header hiddenFrom="sm" px="md" bg="var(--kb-surface)">
        <Group h="100%" justify="space-between">
          <Brand />
          <Burger opened={open} onClick={toggle} aria-label={open ? 'Close the menu' : 'Open the menu'} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md" bg="var(--kb-surface)">
        <Group justify="space-between" mb="xl" px={6}>
          <Brand />
          <Burger hiddenFrom="sm" opened onClick={close} aria-label="Close the menu" />
        </Group>
        <Stack component="nav" gap={4} aria-label="Pages">
          {PLACES.map(({ to, label, icon: Icon }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={label}
              active={pathname.startsWith(to)}
              aria-current={pathname.startsWith(to) ? 'page' : undefined}
              leftSection={<Icon size={19} stroke={1.7} aria-hidden />}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
              fw={550}
            />
          ))}
        </Stack>
        <AccountLine />
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        {keyWanted ? (
          <KeyWanted />
        ) : (
          <Suspense>
            <Outlet />
          </Suspense>
        )}
      </AppShell.Main>
    </AppShell>
  );
}

function Brand() {
  return (
    <UnstyledButton component={Link} to="/batches" aria-label="Kombine, all batches">
      <Group gap={10}>
        <img src="/kombine.svg" width={28} height={28} alt="" />
        <Text fw={700} size="lg" style={{ letterSpacing: '-0.02em' }}>
          Kombine
        </Text>
      </Group>
    </UnstyledButton>
  );
}
