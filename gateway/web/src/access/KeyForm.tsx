import { Button, Group, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../api/client';
import { asProblem } from '../api/problem';
import type { Account } from '../api/types';
import { keepKey, unusable } from './key';

/** Takes an API key, keeps it in this browser if it is somebody's, and begins anew with it. */
export function KeyForm() {
  const [key, setKey] = useState('');
  const use = useMutation({
    mutationFn: async () => {
      keepKey(key.trim());
      await get<Account>('/api/account').catch((error) => {
        keepKey('');
        throw error;
      });
    },
    // why all: whatever was read and is streamed belongs to another key, or to none
    onSuccess: () => location.reload(),
  });
  const wrong = key.trim() === '' ? null : unusable(key.trim());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() && !wrong) use.mutate();
      }}
    >
      <Group align="flex-start" gap="sm">
        <PasswordInput
          aria-label="API key"
          placeholder="API key"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
          style={{ flex: '1 1 240px' }}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={wrong ?? (use.error ? asProblem(use.error).detail : undefined)}
        />
        <Button type="submit" disabled={!key.trim() || wrong !== null} loading={use.isPending}>
          Use this key
        </Button>
      </Group>
    </form>
  );
}
