import { NumberInput, type NumberInputProps } from '@mantine/core';

/** A whole number between two bounds; what is emptied becomes the lower one. */
export function WholeNumber({
  min,
  onChange,
  ...rest
}: Omit<NumberInputProps, 'onChange' | 'min' | 'value'> & {
  value: number;
  min: number;
  onChange: (value: number) => void;
}) {
  return (
    <NumberInput
      clampBehavior="strict"
      allowDecimal={false}
      {...rest}
      min={min}
      onChange={(value) => onChange(Number(value) || min)}
    />
  );
}
