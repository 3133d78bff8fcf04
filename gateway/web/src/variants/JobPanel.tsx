import { Button, Group, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { get, newKey, post } from '../api/client';
import { asProblem, fieldMessage } from '../api/problem';
import type {
  ImageType,
  Product,
  PromptTemplate,
  VariantJob,
  VariantPreviews,
  VariantRequest,
} from '../api/types';
import { Notice } from '../ui/Notice';
import { plural } from '../ui/numbers';
import { ProblemNote } from '../ui/ProblemNote';
import { EditPrompt } from './EditPrompt';
import { PromptForm, type PromptTarget } from './PromptForm';
import { ReviewDialog } from './ReviewDialog';
import classes from './Variants.module.css';
import { hasVariant, missing, rawPrompt, requestOf, type VariantDraft } from './variants';

/** What is to be made of the selected products: variant, image type, prompt, review, submit. */
export function JobPanel({
  draft,
  set,
  variants,
  known,
}: {
  draft: VariantDraft;
  set: (change: Partial<VariantDraft>) => void;
  variants: { variant: string; count: number }[];
  known: Map<string, Product>;
}) {
  const navigate = useNavigate();
  const [form, setForm] = useState<PromptTarget | null>(null);
  const [review, setReview] = useState(false);
  const [key, setKey] = useState(newKey);
  const types = useQuery({
    queryKey: ['image-types'],
    queryFn: async () => (await get<{ imageTypes: ImageType[] }>('/api/image-types')).imageTypes,
  });
  const templates = useQuery({
    queryKey: ['prompt-templates'],
    queryFn: async () => (await get<{ templates: PromptTemplate[] }>('/api/prompt-templates')).templates,
  });
  const incomplete = missing(draft);
  // why three: enough to see how the placeholders come out, whatever the size of the job
  const sample = JSON.stringify({ ...requestOf(draft), productIds: draft.selected.slice(0, 3) });
  const [settled] = useDebouncedValue(sample, 300);
  const preview = useQuery({
    queryKey: ['variant-preview', settled],
    queryFn: () =>
      post<VariantPreviews>(
        '/api/images/bulk-generate-by-variant:preview',
        JSON.parse(settled) as VariantRequest,
      ),
    enabled: incomplete === null,
    retry: false,
    placeholderData: (before) => before,
  });
  const submit = useMutation({
    mutationFn: () =>
      post<VariantJob>('/api/images/bulk-generate-by-variant', requestOf(draft), { 'Idempotency-Key': key }),
    onSuccess: (job) => {
      set({ selected: [] });
      void navigate(`/variants/jobs/${job.jobId}`);
    },
    onError: () => setKey(newKey()),
  });
  const problem = preview.error ? asProblem(preview.error) : null;
  const selected = draft.selected.flatMap((id) => known.get(id) ?? []);
  const { variant } = draft;
  const without = variant === null ? [] : selected.filter((product) => !hasVariant(product, variant));
  const type = types.data?.find((each) => each.imageTypeId === draft.imageTypeId);
  const template = templates.data?.find((each) => each.templateId === draft.templateId);
  const makes = draft.selected.length - without.length;
  return (
    <Stack className="card" p="lg" gap="md" component="aside" aria-label="New images" pos="sticky" top={24}>
      <Text component="h2" fw={640} size="lg" m={0}>
        New images
      </Text>
      <Text size="sm" className="quiet num" role="status">
        {plural(draft.selected.length, 'product')} selected
      </Text>
      <Select
        label="Variant of the source images"
        placeholder="Choose"
        data={variants.map((each) => ({
          value: each.variant,
          label: `${each.variant} (${plural(each.count, 'product')})`,
        }))}
        value={variant}
        onChange={(value) => set({ variant: value })}
      />
      {without.length > 0 && (
        <Notice
          color="var(--kb-retry)"
          title={`${plural(without.length, 'product')} without ${variant}`}
          role="status"
        >
          <Text size="sm">
            Passed over, not failed:{' '}
            {without
              .slice(0, 5)
              .map((product) => product.asin)
              .join(', ')}
            {without.length > 5 ? ' and others' : ''}.
          </Text>
        </Notice>
      )}
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select
          label="Image type"
          placeholder={types.data?.length === 0 ? 'Add the first one' : 'Choose'}
          data={types.data?.map((each) => ({ value: each.imageTypeId, label: each.name })) ?? []}
          value={draft.imageTypeId}
          onChange={(imageTypeId) => set({ imageTypeId })}
          style={{ flex: 1 }}
          error={fieldMessage(problem, 'imageTypeId')}
        />
        <EditPrompt
          name="image type"
          shown={
            type
              ? { kind: 'image-types', id: type.imageTypeId, name: type.name, prompt: type.prompt }
              : undefined
          }
          onNew={() => setForm({ kind: 'image-types', id: null, name: '', prompt: '{{title}}' })}
          onEdit={setForm}
        />
      </Group>
      <SegmentedControl
        aria-label="Where the prompt comes from"
        value={draft.source}
        onChange={(source) => set({ source: source as VariantDraft['source'] })}
        data={[
          { value: 'type', label: 'Type’s prompt' },
          { value: 'template', label: 'Template' },
          { value: 'custom', label: 'My own' },
        ]}
      />
      {draft.source === 'template' && (
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <Select
            label="Template"
            placeholder={templates.data?.length === 0 ? 'Add the first one' : 'Choose'}
            data={templates.data?.map((each) => ({ value: each.templateId, label: each.name })) ?? []}
            value={draft.templateId}
            onChange={(templateId) => set({ templateId })}
            style={{ flex: 1 }}
            error={fieldMessage(problem, 'templateId')}
          />
          <EditPrompt
            name="template"
            shown={
              template
                ? {
                    kind: 'prompt-templates',
                    id: template.templateId,
                    name: template.name,
                    prompt: template.prompt,
                  }
                : undefined
            }
            onNew={() => setForm({ kind: 'prompt-templates', id: null, name: '', prompt: '{{title}}' })}
            onEdit={setForm}
          />
        </Group>
      )}
      {draft.source === 'custom' && (
        <Textarea
          label="Prompt"
          description="{{title}}, {{asin}}, {{variant}} and {{imageType}} are filled in"
          autosize
          minRows={3}
          value={draft.customPrompt}
          onChange={(event) => set({ customPrompt: event.currentTarget.value })}
          error={fieldMessage(problem, 'customPrompt')}
        />
      )}
      <div>
        <Text size="sm" fw={600} mb={6}>
          Final prompt
        </Text>
        {incomplete === null && preview.data ? (
          <Stack gap={6} data-testid="previews">
            {preview.data.prompts.map((each) => (
              <div key={each.productId} className={classes.prompt}>
                {each.prompt}
              </div>
            ))}
          </Stack>
        ) : (
          <div className={classes.prompt}>
            {rawPrompt(draft, types.data ?? [], templates.data ?? []) || 'Nothing is chosen yet.'}
          </div>
        )}
      </div>
      {problem && <ProblemNote error={preview.error} />}
      <Button
        size="md"
        disabled={incomplete !== null || problem !== null || settled !== sample}
        onClick={() => setReview(true)}
      >
        Review
      </Button>
      {incomplete && (
        <Text size="sm" className="quiet" role="status">
          {incomplete}
        </Text>
      )}
      <PromptForm
        target={form}
        onClose={() => setForm(null)}
        onSaved={(kind, id) => set(kind === 'image-types' ? { imageTypeId: id } : { templateId: id })}
      />
      <ReviewDialog
        opened={review}
        onClose={() => {
          setReview(false);
          submit.reset();
        }}
        draft={draft}
        makes={makes}
        without={without.length}
        type={type?.name ?? ''}
        selected={selected}
        error={submit.error}
        busy={submit.isPending}
        onSubmit={() => submit.mutate()}
      />
    </Stack>
  );
}
