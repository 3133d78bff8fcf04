import { Button, Text } from '@mantine/core';
import { money } from '../ui/numbers';
import { ProblemNote } from '../ui/ProblemNote';

/** Submits at the price that it shows; says why it cannot where it cannot. */
export function QuoteButton({
  quote,
}: {
  quote: {
    estimate: { cost: { total: number; currency: string } } | undefined;
    incomplete: string | null;
    valid: boolean;
    pricing: boolean;
    submitting: boolean;
    error: unknown;
    submit: () => void;
  };
}) {
  const { estimate, incomplete, valid, pricing, submitting, error, submit } = quote;
  return (
    <>
      {error !== null && <ProblemNote error={error} />}
      <Button size="md" disabled={!valid} loading={submitting} onClick={submit}>
        {valid && estimate
          ? `Generate for ${money(estimate.cost.total, estimate.cost.currency)}`
          : pricing
            ? 'Asking for the price…'
            : 'Generate'}
      </Button>
      {incomplete && (
        <Text size="sm" className="quiet" role="status">
          {incomplete}
        </Text>
      )}
    </>
  );
}
