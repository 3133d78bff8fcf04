import { Select, type SelectProps } from '@mantine/core';
import type { Model } from '../api/types';
import { money } from '../ui/numbers';
import { priceWords } from './prices';

/** A choice of model, with what each costs. */
export function ModelSelect({
  models,
  ...rest
}: Omit<SelectProps, 'data' | 'renderOption'> & { models: Model[] }) {
  return (
    <Select
      {...rest}
      data={models.map((model) => model.id)}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      renderOption={({ option }) => {
        const model = models.find((each) => each.id === option.value);
        return (
          <span>
            {option.label}
            {model && <small className="quiet num optionnote">{priceWords(model, money)}</small>}
          </span>
        );
      }}
    />
  );
}
