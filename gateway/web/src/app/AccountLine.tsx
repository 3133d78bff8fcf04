import { Progress, Stack, Text } from '@mantine/core';
import { useAccount } from '../access/useAccount';
import { money } from '../ui/numbers';

/** What the key in use has spent, holds for running calls, and may spend in all. */
export function AccountLine() {
  const account = useAccount();
  if (!account.data) return null;
  const { spent, held, budget, currency } = account.data;
  return (
    <Stack gap={4} mt="auto" px={6} pt="md" className="num">
      <Text size="xs" className="quiet">
        Spent {budget == null ? 'so far' : `of ${money(budget, currency)}`}
      </Text>
      <Text fw={650}>{money(spent, currency)}</Text>
      {budget != null && (
        <Progress
          value={budget === 0 ? 100 : Math.min(100, (100 * (spent + held)) / budget)}
          size={5}
          aria-label="Share of the budget that is spent or held"
        />
      )}
      {held > 0 && (
        <Text size="xs" className="quiet">
          {money(held, currency)} held for calls under way
        </Text>
      )}
    </Stack>
  );
}
