import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { post } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import type { Product } from '../api/types';
import { ProblemNote } from '../ui/ProblemNote';

/** A new product; its source images are added on its page. */
export function ProductForm({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asin, setAsin] = useState('');
  const [title, setTitle] = useState('');
  const add = useMutation({
    mutationFn: () => post<Product>('/api/products', { asin: asin.trim(), title: title.trim() }),
    onSuccess: (product) => {
      void queries.invalidateQueries({ queryKey: ['products'] });
      void navigate(`/variants/products/${product.productId}`);
    },
  });
  const problem = add.error ? asProblem(add.error) : null;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="New product"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="ASIN"
            description="10 letters or digits"
            placeholder="B000000001"
            data-autofocus
            value={asin}
            onChange={(event) => setAsin(event.currentTarget.value)}
            error={fieldMessage(problem, 'asin')}
          />
          <TextInput
            label="Title"
            placeholder="Red mug"
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={fieldMessage(problem, 'title')}
          />
          {problem && problem.errors.length === 0 && <ProblemNote error={add.error} />}
          <Button type="submit" loading={add.isPending} disabled={!asin.trim() || !title.trim()}>
            Add
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
