import { Group, List, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core';
import { asProblem, fieldMessage } from '../api/problem';
import type { LinkList } from '../api/types';
import { Section } from '../ui/Section';
import { MAX_LINKS, type SlideshowDraft } from './slideshows';

const SHOWN = 20;

/** One link, or many pasted in any form; which of them are usable, and why the others are not. */
export function PastedLinks({
  draft,
  set,
  parsed,
  failure,
}: {
  draft: SlideshowDraft;
  set: (change: Partial<SlideshowDraft>) => void;
  parsed: LinkList | undefined;
  failure: unknown;
}) {
  const refused =
    draft.text.trim() && failure
      ? (fieldMessage(asProblem(failure), 'text') ?? asProblem(failure).detail)
      : undefined;
  return (
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
          error={refused ?? parsed?.invalid[0]?.reason}
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
            error={refused}
          />
          {parsed && <Outcome parsed={parsed} />}
        </>
      )}
    </Section>
  );
}

function Outcome({ parsed }: { parsed: LinkList }) {
  const { valid, invalid, duplicates } = parsed;
  return (
    <>
      <Group gap="md" className="num" role="status" data-testid="link-counts">
        <Count n={valid.length} word="valid" color="var(--kb-succeeded)" />
        <Count n={invalid.length} word="invalid" color="var(--kb-failed)" />
        <Count n={duplicates.length} word="duplicate" color="var(--kb-retry)" />
      </Group>
      {invalid.length + duplicates.length > 0 && (
        <List size="sm" spacing={2} className="quiet">
          {invalid.slice(0, SHOWN).map((each) => (
            <List.Item key={each.position}>
              Line {each.line}, “{each.input}”: {each.reason}
            </List.Item>
          ))}
          {duplicates.slice(0, SHOWN).map((each) => (
            <List.Item key={each.position}>
              Line {each.line}, “{each.input}”: the same post as link {each.duplicate_of}, left out
            </List.Item>
          ))}
        </List>
      )}
    </>
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
