import { Button, Checkbox, Grid, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconLayoutGrid, IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { get } from '../api/client';
import type { Product, ProductPage, VariantCounts } from '../api/types';
import { useSettings } from '../settings/settings';
import { Empty } from '../ui/Empty';
import { LoadingRows } from '../ui/Loading';
import { MoreButton } from '../ui/MoreButton';
import { plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { usePageTitle } from '../ui/usePageTitle';
import { useStored } from '../ui/useStored';
import { ImportButton } from './ImportButton';
import { JobPanel } from './JobPanel';
import { ProductForm } from './ProductForm';
import classes from './Variants.module.css';
import { hasVariant, MAX_PRODUCTS, pictureOf, type VariantDraft } from './variants';

/** The product catalog, and images for all that is selected in it. */
export function VariantsPage() {
  usePageTitle('Variants');
  const [settings] = useSettings();
  const [draft, setDraft] = useStored<VariantDraft>('kombine.variants', {
    selected: [],
    variant: settings.variant,
    imageTypeId: null,
    source: 'type',
    templateId: null,
    customPrompt: '',
  });
  const set = (change: Partial<VariantDraft>) => setDraft((before) => ({ ...before, ...change }));
  const [adding, setAdding] = useState(false);
  const [words, setWords] = useState('');
  const [having, setHaving] = useState<string | null>(null);
  const [query] = useDebouncedValue(words.trim(), 250);
  const summary = useQuery({
    queryKey: ['variants-summary'],
    queryFn: async () => (await get<VariantCounts>('/api/products/variants-summary')).variants,
  });
  const pages = useInfiniteQuery({
    queryKey: ['products', query, having],
    queryFn: ({ pageParam }) => {
      const search = new URLSearchParams({ limit: '100' });
      if (query) search.set('query', query);
      if (having) search.set('variant', having);
      if (pageParam) search.set('cursor', pageParam);
      return get<ProductPage>(`/api/products?${search}`);
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  });
  const products = pages.data?.pages.flatMap((page) => page.products) ?? [];
  // why kept: what is selected stays known when a search no longer shows it
  const seen = useRef(new Map<string, Product>());
  const known = useMemo(() => {
    for (const product of pages.data?.pages.flatMap((page) => page.products) ?? [])
      seen.current.set(product.productId, product);
    return new Map(seen.current);
  }, [pages.data]);
  const unknown = draft.selected.filter((id) => !known.has(id)).slice(0, 50);
  const rest = useQuery({
    queryKey: ['products-by-id', unknown],
    queryFn: async () => {
      const found = await Promise.allSettled(unknown.map((id) => get<Product>(`/api/products/${id}`)));
      return found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    },
    enabled: pages.data !== undefined && unknown.length > 0,
    retry: false,
  });
  useEffect(() => {
    if (!rest.data) return;
    const gone = unknown.filter((id) => !rest.data.some((product) => product.productId === id));
    for (const product of rest.data) seen.current.set(product.productId, product);
    if (gone.length > 0)
      setDraft((before) => ({ ...before, selected: before.selected.filter((id) => !gone.includes(id)) }));
  }, [rest.data, unknown, setDraft]);

  const selected = new Set(draft.selected);
  const shownSelected = products.filter((product) => selected.has(product.productId)).length;
  const toggle = (id: string, on: boolean) =>
    setDraft((before) => ({
      ...before,
      selected: on ? [...before.selected, id] : before.selected.filter((each) => each !== id),
    }));
  const selectShown = () =>
    setDraft((before) => ({
      ...before,
      selected: [...new Set([...before.selected, ...products.map((product) => product.productId)])],
    }));
  const { variant } = draft;
  return (
    <Stack gap="lg" maw={1240} mx="auto">
      <PageHead title="Variants" note="One new image of every product you select, from its best photograph.">
        <ImportButton />
        <Button variant="default" leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
          New product
        </Button>
      </PageHead>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7.5 }}>
          <Stack gap="sm">
            <Group gap="sm">
              <TextInput
                aria-label="Search products"
                placeholder="Title or ASIN"
                leftSection={<IconSearch size={16} />}
                value={words}
                onChange={(event) => setWords(event.currentTarget.value)}
                style={{ flex: '1 1 200px' }}
              />
              <Select
                aria-label="Only products that have"
                placeholder="Any variant"
                data={
                  summary.data?.map((each) => ({
                    value: each.variant,
                    label: `Has ${each.variant} (${each.count})`,
                  })) ?? []
                }
                value={having}
                onChange={setHaving}
                clearable
                w={180}
              />
            </Group>
            {pages.error && <ProblemNote error={pages.error} />}
            {pages.isPending && <LoadingRows what="The products" />}
            {products.length > 0 ? (
              <div className="card" style={{ overflow: 'hidden' }}>
                <Group justify="space-between" px={18} py={10}>
                  <Checkbox
                    label={`All ${plural(products.length, 'product')} shown`}
                    checked={shownSelected === products.length}
                    indeterminate={shownSelected > 0 && shownSelected < products.length}
                    onChange={(event) =>
                      event.currentTarget.checked ? selectShown() : set({ selected: [] })
                    }
                  />
                  <Group gap="xs">
                    <Text size="sm" className="quiet num">
                      {draft.selected.length} selected, at most {MAX_PRODUCTS}
                    </Text>
                    {draft.selected.length > 0 && (
                      <Button size="compact-sm" variant="subtle" onClick={() => set({ selected: [] })}>
                        None
                      </Button>
                    )}
                  </Group>
                </Group>
                <ul
                  className={classes.scroller}
                  style={{ listStyle: 'none', margin: 0, padding: 0 }}
                  aria-label="Products"
                >
                  {products.map((product) => {
                    const on = selected.has(product.productId);
                    const picture = pictureOf(product, variant) ?? pictureOf(product, null);
                    const variants = [...new Set(product.images.map((image) => image.variant))];
                    return (
                      <li
                        key={product.productId}
                        className={classes.row}
                        data-without={on && variant !== null && !hasVariant(product, variant)}
                      >
                        <Checkbox
                          aria-label={`Select ${product.title}`}
                          checked={on}
                          onChange={(event) => toggle(product.productId, event.currentTarget.checked)}
                        />
                        <div className={classes.picture}>
                          {picture && <img src={picture} alt="" className="thumb" loading="lazy" />}
                        </div>
                        <div style={{ minWidth: 0 }}>
                          <Text
                            component={Link}
                            to={`/variants/products/${product.productId}`}
                            className="plain"
                            fw={600}
                            truncate
                            display="block"
                          >
                            {product.title}
                          </Text>
                          <Text size="sm" className="quiet num">
                            {product.asin}
                          </Text>
                        </div>
                        <div className={classes.tags}>
                          {variants.length === 0 && <span className={classes.tag}>no images</span>}
                          {variants.map((each) => (
                            <span key={each} className={classes.tag} data-wanted={each === variant}>
                              {each}
                            </span>
                          ))}
                        </div>
                      </li>
                    );
                  })}
                </ul>
              </div>
            ) : (
              pages.data && (
                <Empty title={query || having ? 'No product fits' : 'No products yet'} icon={IconLayoutGrid}>
                  {query || having
                    ? 'Try other words, or another variant.'
                    : 'Import a CSV file whose first line is asin,title,MAIN,PT01 – one column for each variant – or add one by hand.'}
                </Empty>
              )
            )}
            <MoreButton pages={pages}>More products</MoreButton>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4.5 }}>
          <JobPanel draft={draft} set={set} variants={summary.data ?? []} known={known} />
        </Grid.Col>
      </Grid>
      <ProductForm opened={adding} onClose={() => setAdding(false)} />
    </Stack>
  );
}
