import { Select, SimpleGrid } from '@mantine/core';
import { fieldMessage, type Problem } from '../api/problem';
import { WholeNumber } from '../ui/WholeNumber';

/** How many variations of a link there are, and in which format their slides come. */
export interface Output {
  photoVariations: number;
  textVariations: number;
  outputFormat: 'jpeg' | 'png';
  jpegQuality: number;
}

export function VariationFields({
  value,
  set,
  problem = null,
}: {
  value: Output;
  set: (change: Partial<Output>) => void;
  problem?: Problem | null;
}) {
  return (
    <SimpleGrid cols={2} spacing="sm">
      <WholeNumber
        label="Photo variations"
        min={1}
        max={10}
        value={value.photoVariations}
        onChange={(photoVariations) => set({ photoVariations })}
        error={fieldMessage(problem, 'photo_variations')}
      />
      <WholeNumber
        label="Text variations"
        min={1}
        max={10}
        value={value.textVariations}
        onChange={(textVariations) => set({ textVariations })}
        error={fieldMessage(problem, 'text_variations')}
      />
    </SimpleGrid>
  );
}

export function FormatFields({
  value,
  set,
  problem = null,
}: {
  value: Output;
  set: (change: Partial<Output>) => void;
  problem?: Problem | null;
}) {
  return (
    <SimpleGrid cols={2} spacing="sm">
      <Select
        label="Output format"
        data={[
          { value: 'jpeg', label: 'JPEG' },
          { value: 'png', label: 'PNG' },
        ]}
        value={value.outputFormat}
        allowDeselect={false}
        onChange={(format) => set({ outputFormat: format as Output['outputFormat'] })}
        error={fieldMessage(problem, 'output_format')}
      />
      {value.outputFormat === 'jpeg' && (
        <WholeNumber
          label="JPEG quality"
          min={85}
          max={90}
          clampBehavior="blur"
          value={value.jpegQuality}
          onChange={(jpegQuality) => set({ jpegQuality })}
          error={fieldMessage(problem, 'jpeg_quality')}
        />
      )}
    </SimpleGrid>
  );
}
