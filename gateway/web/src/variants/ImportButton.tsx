import { Button, List, Modal, Stack, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '../api/client';
import type { ImportResult } from '../api/types';
import { FilesButton } from '../ui/FilesButton';
import { plural } from '../ui/numbers';
import { ProblemNote } from '../ui/ProblemNote';

/** Imports a CSV or JSON file of products and says what became of each line that was wrong. */
export function ImportButton() {
  const queries = useQueryClient();
  const load = useMutation({
    mutationFn: (file: File) =>
      send<ImportResult>('POST', '/api/products/import', file, {
        'Content-Type': file.name.toLowerCase().endsWith('.json') ? 'application/json' : 'text/csv',
      }),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['products'] });
      void queries.invalidateQueries({ queryKey: ['variants-summary'] });
    },
  });
  const result = load.data;
  return (
    <>
      <FilesButton
        label="File of products"
        accept=".csv,.json,text/csv,application/json"
        onFiles={([file]) => file && load.mutate(file)}
      >
        {(choose) => (
          <Button
            variant="default"
            leftSection={<IconFileImport size={17} />}
            loading={load.isPending}
            onClick={choose}
          >
            Import
          </Button>
        )}
      </FilesButton>
      <Modal
        opened={result !== undefined || load.error !== null}
        onClose={load.reset}
        title="Import"
        centered
        size="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {load.error && <ProblemNote error={load.error} title="Nothing was imported" />}
        {result && (
          <Stack gap="sm">
            <Text>
              <b>{plural(result.imported, 'product')}</b> imported
              {result.failed > 0 ? `, ${plural(result.failed, 'line')} left out` : ''}.
            </Text>
            {result.errors.length > 0 && (
              <List size="sm" spacing={2}>
                {result.errors.map((e) => (
                  <List.Item key={`${e.line} ${e.field} ${e.message}`}>
                    Line {e.line}: {e.field ? `${e.field} ` : ''}
                    {e.message}
                    {e.accepted?.length ? `; accepted: ${e.accepted.join(', ')}` : ''}
                  </List.Item>
                ))}
              </List>
            )}
            {result.failed > result.errors.length && (
              <Text size="sm" className="quiet">
                The first {result.errors.length} are shown.
              </Text>
            )}
          </Stack>
        )}
      </Modal>
    </>
  );
}
