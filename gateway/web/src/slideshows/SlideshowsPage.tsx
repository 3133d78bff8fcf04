import {
  Button,
  Grid,
  Group,
  List,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { get, post } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import type { LinkList, ModelList, SlideshowEstimate, SlideshowSubmitted, StepKind } from '../api/types';
import { useSettings } from '../settings/settings';
import { money, plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { useNow } from '../ui/useNow';
import { usePageTitle } from '../ui/usePageTitle';
import { useStored } from '../ui/useStored';
import { STAGE_WORDS } from '../ui/words';
import { LinkTable } from './LinkTable';
import { MAX_LINKS, missing, NO_PARTS, partsOf, requestOf, type SlideshowDraft } from './slideshows';

/** Slideshows remade around products: links, what belongs to each, how many variations, the price. */
export function SlideshowsPage() {
  usePageTitle('Slideshows');
  const navigate = useNavigate();
  const [settings] = useSettings();
  const now = useNow(5_000);
  const [draft, setDraft] = useStored<SlideshowDraft>('kombine.slideshows', {
    mode: 'batch',
    name: '',
    text: '',
    parts: {},
    photoVariations: settings.photoVariations,
    textVariations: settings.textVariations,
    outputFormat: settings.outputFormat,
    jpegQuality: settings.jpegQuality,
    slidesPerLink: 5,
    maxCost: null,
  });
  const set = (change: Partial<SlideshowDraft>) => setDraft((before) => ({ ...before, ...change }));
  const models = useQuery({
    queryKey: ['models'],
    queryFn: () => get<ModelList>('/api/models'),
    staleTime: 60_000,
  });
  const [text] = useDebouncedValue(draft.text, 250);
  const parse = useQuery({
    queryKey: ['links-parse', text],
    queryFn: () => post<LinkList>('/api/batch/links:parse', { text }),
    enabled: text.trim() !== '',
    retry: false,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const parsed = draft.text.trim() === '' || parse.error ? undefined : parse.data;
  const links = (parsed?.valid ?? []).slice(0, draft.mode === 'single' ? 1 : MAX_LINKS);
  const incomplete = missing(draft, links);
  const wanted = JSON.stringify(requestOf(draft, links));
  const [settled] = useDebouncedValue(wanted, 350);
  const quote = useQuery({
    queryKey: ['slideshow-estimate', settled],
    queryFn: () => post<SlideshowEstimate>('/api/batch/estimate', JSON.parse(settled)),
    enabled: incomplete === null,
    retry: false,
    staleTime: 60_000,
  });
  const valid =
    incomplete === null &&
    settled === wanted &&
    text === draft.text &&
    quote.data?.quote_id !== undefined &&
    !quote.isFetching &&
    (quote.data.expires_at === undefined || Date.parse(quote.data.expires_at) > now);
  const submit = useMutation({
    mutationFn: (quoteId: string) =>
      post<SlideshowSubmitted>(
        '/api/batch',
        { ...requestOf(draft, links), quote_id: quoteId },
        { 'Idempotency-Key': `console-${quoteId}` },
      ),
    onSuccess: ({ batch_id }) => {
      set({ text: '', parts: {}, name: '' });
      void navigate(`/slideshows/${batch_id}`);
    },
    onError: () => void quote.refetch(),
  });
  const problem = submit.error ? asProblem(submit.error) : quote.error ? asProblem(quote.error) : null;
  const variations = draft.photoVariations * draft.textVariations;
  const unknown = links.filter((link) => partsOf(draft, link).slides.length === 0).length;

  return (
    <Stack gap="lg" maw={1240} mx="auto">
      <PageHead
        title="Slideshows"
        note="Every slide of every link is made anew around the link’s product, in several variations."
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="md">
            <Section
              title="Links"
              aside={
                <SegmentedControl
                  aria-label="How many links"
                  value={draft.mode}
                  onChange={(mode) => set({ mode: mode as SlideshowDraft['mode'] })}
                  data={[
                    { value: 'single', label: 'Single link' },
                    { value: 'batch', label: 'Batch' },
                  ]}
                />
              }
            >
              {draft.mode === 'single' ? (
                <TextInput
                  label="Link"
                  placeholder="https://www.tiktok.com/@ann/photo/7301"
                  value={draft.text}
                  onChange={(event) => set({ text: event.currentTarget.value })}
                  error={
                    (draft.text.trim() && parse.error
                      ? (fieldMessage(asProblem(parse.error), 'text') ?? asProblem(parse.error).detail)
                      : undefined) ?? parsed?.invalid[0]?.reason
                  }
                />
              ) : (
                <>
                  <Textarea
                    label="Pasted links"
                    description={`Lines, commas or tabs between them; at most ${MAX_LINKS}`}
                    placeholder={'https://www.tiktok.com/@ann/photo/7301\nhttps://vm.tiktok.com/ZMabc'}
                    autosize
                    minRows={4}
                    maxRows={12}
                    value={draft.text}
                    onChange={(event) => set({ text: event.currentTarget.value })}
                    error={
                      draft.text.trim() && parse.error
                        ? (fieldMessage(asProblem(parse.error), 'text') ?? asProblem(parse.error).detail)
                        : undefined
                    }
                  />
                  {parsed && (
                    <Group gap="md" className="num" role="status" data-testid="link-counts">
                      <Count n={parsed.valid.length} word="valid" color="var(--kb-succeeded)" />
                      <Count n={parsed.invalid.length} word="invalid" color="var(--kb-failed)" />
                      <Count n={parsed.duplicates.length} word="duplicate" color="var(--kb-retry)" />
                    </Group>
                  )}
                  {parsed && parsed.invalid.length + parsed.duplicates.length > 0 && (
                    <List size="sm" spacing={2} className="quiet">
                      {parsed.invalid.slice(0, 20).map((each) => (
                        <List.Item key={each.position}>
                          Line {each.line}, “{each.input}”: {each.reason}
                        </List.Item>
                      ))}
                      {parsed.duplicates.slice(0, 20).map((each) => (
                        <List.Item key={each.position}>
                          Line {each.line}, “{each.input}”: the same post as link {each.duplicate_of}, left
                          out
                        </List.Item>
                      ))}
                    </List>
                  )}
                </>
              )}
            </Section>
            {links.length > 0 && (
              <Section title="Products" aside={plural(links.length, 'link')}>
                <LinkTable
                  draft={draft}
                  links={links}
                  problem={problem}
                  onParts={(change) =>
                    setDraft((before) => ({
                      ...before,
                      parts: Object.fromEntries(
                        links.map((link, index) => [
                          link.url,
                          change(link, index, before.parts[link.url] ?? NO_PARTS),
                        ]),
                      ),
                    }))
                  }
                />
              </Section>
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack className="card" p="lg" gap="md" component="aside" aria-label="What it makes and costs">
            <SimpleGrid cols={2} spacing="sm">
              <NumberInput
                label="Photo variations"
                min={1}
                max={10}
                clampBehavior="strict"
                allowDecimal={false}
                value={draft.photoVariations}
                onChange={(value) => set({ photoVariations: Number(value) || 1 })}
                error={fieldMessage(problem, 'photo_variations')}
              />
              <NumberInput
                label="Text variations"
                min={1}
                max={10}
                clampBehavior="strict"
                allowDecimal={false}
                value={draft.textVariations}
                onChange={(value) => set({ textVariations: Number(value) || 1 })}
                error={fieldMessage(problem, 'text_variations')}
              />
            </SimpleGrid>
            <Text size="sm" className="num" data-testid="variations">
              {draft.photoVariations} × {draft.textVariations} = <b>{plural(variations, 'variation')}</b> of{' '}
              {plural(links.length, 'link')}: <b>{plural(variations * links.length, 'slideshow')}</b>
            </Text>
            <SimpleGrid cols={2} spacing="sm">
              <Select
                label="Output"
                data={[
                  { value: 'jpeg', label: 'JPEG' },
                  { value: 'png', label: 'PNG' },
                ]}
                value={draft.outputFormat}
                allowDeselect={false}
                onChange={(value) => set({ outputFormat: value as 'jpeg' | 'png' })}
                error={fieldMessage(problem, 'output_format')}
              />
              {draft.outputFormat === 'jpeg' && (
                <NumberInput
                  label="JPEG quality"
                  min={85}
                  max={90}
                  clampBehavior="blur"
                  value={draft.jpegQuality}
                  onChange={(value) => set({ jpegQuality: Number(value) || 90 })}
                  error={fieldMessage(problem, 'jpeg_quality')}
                />
              )}
            </SimpleGrid>
            {unknown > 0 && (
              <NumberInput
                label="Slides a link, for the price"
                description={`${plural(unknown, 'link')} without uploaded slides; found slides that cost more stop the batch before anything runs`}
                min={1}
                max={35}
                clampBehavior="strict"
                value={draft.slidesPerLink}
                onChange={(value) => set({ slidesPerLink: Number(value) || 1 })}
                error={fieldMessage(problem, 'slides_per_link')}
              />
            )}
            <TextInput
              label="Name"
              placeholder="TikTok Batch"
              maxLength={100}
              value={draft.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              error={fieldMessage(problem, 'name')}
            />
            <NumberInput
              label="Spend at most"
              placeholder="No limit"
              prefix={models.data ? `${models.data.currency} ` : ''}
              min={0}
              decimalScale={4}
              value={draft.maxCost ?? ''}
              onChange={(value) => set({ maxCost: value === '' ? null : Number(value) })}
              error={fieldMessage(problem, 'max_cost')}
            />
            {quote.data && incomplete === null && <Price estimate={quote.data} />}
            {problem && <ProblemNote error={submit.error ?? quote.error} />}
            <Button
              size="md"
              disabled={!valid}
              loading={submit.isPending || (incomplete === null && quote.isFetching)}
              onClick={() => quote.data?.quote_id && submit.mutate(quote.data.quote_id)}
            >
              {valid && quote.data
                ? `Generate for ${money(quote.data.cost.total, quote.data.cost.currency)}`
                : 'Generate'}
            </Button>
            {incomplete && (
              <Text size="sm" className="quiet" role="status">
                {incomplete}
              </Text>
            )}
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Count({ n, word, color }: { n: number; word: string; color: string }) {
  return (
    <Group gap={6}>
      <span className="dot" style={{ background: color }} aria-hidden />
      <Text size="sm" fw={600}>
        {n} {word}
      </Text>
    </Group>
  );
}

function Price({ estimate }: { estimate: SlideshowEstimate }) {
  const { cost, counts } = estimate;
  return (
    <Stack gap={4} className="num">
      {(Object.keys(cost.by_step_type) as StepKind[]).map((kind) => (
        <Group key={kind} justify="space-between">
          <Text size="sm" className="quiet">
            {STAGE_WORDS[kind]}, {plural(counts.steps[kind] ?? 0, 'call')}
          </Text>
          <Text size="sm">{money(cost.by_step_type[kind] ?? 0, cost.currency)}</Text>
        </Group>
      ))}
      <Group justify="space-between" align="baseline" mt={4}>
        <Text fw={640}>Total</Text>
        <Text fw={700} size="lg" data-testid="total">
          {money(cost.total, cost.currency)}
        </Text>
      </Group>
    </Stack>
  );
}
