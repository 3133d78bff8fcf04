import { Grid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { post } from '../api/client';
import { fieldMessage } from '../api/problem';
import type { LinkList, SlideshowEstimate } from '../api/types';
import { useModels } from '../models/useModels';
import { MaxCost } from '../quote/MaxCost';
import { QuoteButton } from '../quote/QuoteButton';
import { useQuote } from '../quote/useQuote';
import { useSettings } from '../settings/settings';
import { plural } from '../ui/numbers';
import { PageHead } from '../ui/PageHead';
import { Section } from '../ui/Section';
import { usePageTitle } from '../ui/usePageTitle';
import { useStored } from '../ui/useStored';
import { WholeNumber } from '../ui/WholeNumber';
import { LinkTable } from './LinkTable';
import { FormatFields, VariationFields } from './OutputFields';
import { PastedLinks } from './PastedLinks';
import { Price } from './Price';
import { MAX_LINKS, missing, NO_PARTS, partsOf, requestOf, type SlideshowDraft } from './slideshows';

/** Slideshows remade around products: links, what belongs to each, how many variations, the price. */
export function SlideshowsPage() {
  usePageTitle('Slideshows');
  const navigate = useNavigate();
  const [settings] = useSettings();
  const models = useModels();
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
  const read = text === draft.text && !parse.isFetching;
  const quote = useQuote<SlideshowEstimate>({
    door: '/api/batch',
    request: requestOf(draft, links),
    incomplete: read || links.length === 0 ? missing(draft, links) : 'The links are being read.',
    onSubmitted: (id) => {
      set({ text: '', parts: {}, name: '' });
      void navigate(`/slideshows/${id}`);
    },
  });
  const { problem, estimate } = quote;
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
            <PastedLinks draft={draft} set={set} parsed={parsed} failure={parse.error} />
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
            <VariationFields value={draft} set={set} problem={problem} />
            <Text size="sm" className="num" data-testid="variations">
              {draft.photoVariations} × {draft.textVariations} = <b>{plural(variations, 'variation')}</b> of{' '}
              {plural(links.length, 'link')}: <b>{plural(variations * links.length, 'slideshow')}</b>
            </Text>
            <FormatFields value={draft} set={set} problem={problem} />
            {unknown > 0 && (
              <WholeNumber
                label="Slides a link, for the price"
                description={`${plural(unknown, 'link')} without uploaded slides; found slides that cost more stop the batch before anything runs`}
                min={1}
                max={35}
                value={draft.slidesPerLink}
                onChange={(slidesPerLink) => set({ slidesPerLink })}
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
            <MaxCost
              currency={models.currency}
              value={draft.maxCost}
              onChange={(maxCost) => set({ maxCost })}
              error={fieldMessage(problem, 'max_cost')}
            />
            {estimate && <Price estimate={estimate} />}
            <QuoteButton quote={quote} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
