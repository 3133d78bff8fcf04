import { ActionIcon, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPhotoPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { call, get, post } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import type { Product } from '../api/types';
import { BackLink } from '../ui/BackLink';
import { FilesButton } from '../ui/FilesButton';
import { Loading } from '../ui/Loading';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { toldFailure } from '../ui/toast';
import { usePageTitle } from '../ui/usePageTitle';
import { useUpload } from '../ui/useUpload';
import classes from './Variants.module.css';

/** One product: its source images by variant, and everything generated for it. */
export function ProductPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [variant, setVariant] = useState('MAIN');
  const [address, setAddress] = useState('');
  const product = useQuery({
    queryKey: ['product', id],
    queryFn: () => get<Product>(`/api/products/${id}`),
  });
  usePageTitle(product.data?.title ?? 'Product');
  const renew = () => {
    void queries.invalidateQueries({ queryKey: ['product', id] });
    void queries.invalidateQueries({ queryKey: ['products'] });
    void queries.invalidateQueries({ queryKey: ['variants-summary'] });
  };
  const upload = useUpload();
  const add = useMutation({
    mutationFn: (url: string) => post(`/api/products/${id}/images`, { variant: variant.trim(), url }),
    onSuccess: () => {
      setAddress('');
      renew();
    },
  });
  const removeImage = useMutation({
    mutationFn: (imageId: string) => call('DELETE', `/api/products/${id}/images/${imageId}`),
    onSuccess: renew,
    onError: toldFailure,
  });
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/api/products/${id}`),
    onSuccess: () => {
      renew();
      void navigate('/variants');
    },
    onError: toldFailure,
  });
  if (product.error && !product.data) return <ProblemNote error={product.error} />;
  if (!product.data) return <Loading what="The product" />;
  const { title, asin, images, generatedImages = [] } = product.data;
  const problem = add.error ? asProblem(add.error) : null;
  return (
    <Stack gap="lg" maw={1040} mx="auto">
      <BackLink to="/variants">All products</BackLink>
      <PageHead title={title} note={`ASIN ${asin}`}>
        <Button
          variant="light"
          color="red"
          leftSection={<IconTrash size={16} />}
          loading={remove.isPending}
          onClick={() =>
            modals.openConfirmModal({
              title: 'Remove this product?',
              centered: true,
              children: (
                <Text size="sm">
                  It leaves the catalog with its source images. What was generated stays in its batches.
                </Text>
              ),
              labels: { confirm: 'Remove', cancel: 'Keep it' },
              confirmProps: { color: 'red' },
              onConfirm: () => remove.mutate(),
            })
          }
        >
          Remove
        </Button>
      </PageHead>
      <Section title="Source images" aside={`${images.length}`}>
        {images.length > 0 && (
          <ul className={classes.grid} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {images.map((image) => (
              <li key={image.imageId}>
                <div className="tile" style={{ cursor: 'default' }}>
                  {image.thumbnailUrl && (
                    <img src={image.thumbnailUrl} alt={`${image.variant} of ${title}`} className="thumb" />
                  )}
                </div>
                <Group justify="space-between" wrap="nowrap" mt={4}>
                  <div style={{ minWidth: 0 }}>
                    <Text size="sm" fw={600}>
                      {image.variant}
                    </Text>
                    <Text size="xs" className="quiet num" truncate title={image.sourceUrl}>
                      {image.widthPx
                        ? `${image.widthPx} × ${image.heightPx} px`
                        : 'fetched when first wanted'}
                    </Text>
                  </div>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove the ${image.variant} image`}
                    onClick={() => removeImage.mutate(image.imageId)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
                {image.problem && (
                  <Text size="xs" c="red">
                    {image.problem}
                  </Text>
                )}
              </li>
            ))}
          </ul>
        )}
        <Group align="flex-start" gap="sm">
          <TextInput
            label="Variant"
            w={110}
            value={variant}
            onChange={(event) => setVariant(event.currentTarget.value.toUpperCase())}
            error={fieldMessage(problem, 'variant')}
          />
          <TextInput
            label="Address"
            placeholder="https://shop.example/red.jpg"
            style={{ flex: '1 1 220px' }}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
            error={fieldMessage(problem, 'url')}
          />
          <Group gap="xs" mt={25}>
            <Button
              variant="default"
              disabled={!address.trim() || !variant.trim()}
              loading={add.isPending}
              onClick={() => add.mutate(address.trim())}
            >
              Add
            </Button>
            <FilesButton
              label="Source image"
              onFiles={(files) =>
                upload.mutate(files.slice(0, 1), { onSuccess: ([made]) => made && add.mutate(made.url) })
              }
            >
              {(choose) => (
                <Button
                  variant="light"
                  leftSection={<IconPhotoPlus size={16} />}
                  loading={upload.isPending}
                  disabled={!variant.trim()}
                  onClick={choose}
                >
                  Upload
                </Button>
              )}
            </FilesButton>
          </Group>
        </Group>
        {problem && problem.errors.length === 0 && <ProblemNote error={add.error} />}
      </Section>
      <Section
        title="Generated"
        aside={`${generatedImages.length === 100 ? 'the newest 100' : generatedImages.length}`}
      >
        {generatedImages.length === 0 ? (
          <Text size="sm" className="quiet">
            Nothing has been generated for this product yet.
          </Text>
        ) : (
          <ul className={classes.grid} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {generatedImages.map((image) => (
              <li key={image.artifactId}>
                <a
                  href={image.url}
                  target="_blank"
                  rel="noreferrer"
                  className="tile"
                  style={{ display: 'block' }}
                >
                  <img src={image.url} alt={image.prompt} className="thumb" loading="lazy" />
                </a>
                <Text size="sm" fw={600} mt={4} truncate>
                  {image.imageType}
                </Text>
                <Anchor component={Link} to={`/variants/jobs/${image.jobId}`} size="xs">
                  made from {image.variant}
                </Anchor>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Stack>
  );
}
