import { NumberInput } from '@mantine/core';

/** The amount a batch may cost at most, with its currency; null is no limit. */
export function MaxCost({
  currency,
  value,
  onChange,
  error,
}: {
  currency: string | undefined;
  value: number | null;
  onChange: (value: number | null) => void;
  error: string | undefined;
}) {
  return (
    <NumberInput
      label="Spend at most"
      placeholder="No limit"
      prefix={currency ? `${currency} ` : ''}
      min={0}
      decimalScale={4}
      value={value ?? ''}
      onChange={(next) => onChange(next === '' ? null : Number(next))}
      error={error}
    />
  );
}
