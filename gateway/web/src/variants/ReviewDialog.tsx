import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { Product } from '../api/types';
import { plural } from '../ui/numbers';
import { ProblemNote } from '../ui/ProblemNote';
import classes from './Variants.module.css';
import { pictureOf, type VariantDraft } from './variants';

/** What a job will make, once more before it is begun. */
export function ReviewDialog({
  opened,
  onClose,
  draft,
  makes,
  without,
  type,
  selected,
  error,
  busy,
  onSubmit,
}: {
  opened: boolean;
  onClose: () => void;
  draft: VariantDraft;
  makes: number;
  without: number;
  type: string;
  selected: Product[];
  error: unknown;
  busy: boolean;
  onSubmit: () => void;
}) {
  const { variant } = draft;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Review"
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text>
          <b>{plural(makes, 'image')}</b> of type <b>{type}</b>, one for each product’s best <b>{variant}</b>{' '}
          image
          {without > 0 ? `; ${plural(without, 'product')} without one will be passed over` : ''}. Each is
          billed at the operator’s price of the image model; the job’s page shows the amount.
        </Text>
        <Group gap={6}>
          {selected.slice(0, 12).map((product) => {
            const picture = pictureOf(product, variant);
            return (
              <div key={product.productId} className={classes.picture} title={product.title}>
                {picture && <img src={picture} alt={product.title} className="thumb" />}
              </div>
            );
          })}
          {draft.selected.length > 12 && (
            <Text size="sm" className="quiet">
              and {draft.selected.length - 12} more
            </Text>
          )}
        </Group>
        {error !== null && <ProblemNote error={error} />}
        <Button loading={busy} onClick={onSubmit}>
          Generate {plural(makes, 'image')}
        </Button>
      </Stack>
    </Modal>
  );
}
