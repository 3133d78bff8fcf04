import { Group, Text, UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import type { LineError, ParsedScenes } from '../api/types';
import classes from './Scenes.module.css';
import { MAX_ROWS } from './scenes';

/** Rows as text, a line each; lines that are wrong are marked beside the text, with what is wrong under it. */
export function RowsEditor({
  text,
  onChange,
  parsed,
  error,
}: {
  text: string;
  onChange: (text: string) => void;
  parsed: ParsedScenes | undefined;
  error: string | undefined;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [top, setTop] = useState(0);
  const lines = Math.max(11, text.split('\n').length);
  const wrong = new Set(parsed?.errors.map((e) => e.line));
  const go = (line: number) => {
    const from = text
      .split('\n')
      .slice(0, line - 1)
      .reduce((sum, each) => sum + each.length + 1, 0);
    area.current?.focus();
    area.current?.setSelectionRange(from, from + (text.split('\n')[line - 1]?.length ?? 0));
  };
  return (
    <div>
      <Text component="label" htmlFor="rows" size="sm" fw={600}>
        Rows
      </Text>
      <Text id="rows-form" size="xs" className="quiet" mb={6}>
        scene_id | prompt | variants, a line each; variants from 1 to 3
      </Text>
      <div className={classes.editor}>
        <div className={classes.gutter} aria-hidden>
          <div style={{ transform: `translateY(${-top}px)` }}>
            {Array.from({ length: lines }, (_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: line numbers
              <span key={i} data-wrong={wrong.has(i + 1)}>
                {i + 1}
              </span>
            ))}
          </div>
        </div>
        <textarea
          id="rows"
          ref={area}
          className={classes.text}
          value={text}
          spellCheck={false}
          placeholder={'SCENE-001 | Modern kitchen with morning light | 2'}
          aria-describedby="rows-form rows-errors"
          aria-invalid={wrong.size > 0}
          onChange={(event) => onChange(event.currentTarget.value)}
          onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        />
      </div>
      <div id="rows-errors" role="status">
        {error && (
          <Text size="sm" c="red" mt={6}>
            {error}
          </Text>
        )}
        {parsed && parsed.errors.length > 0 && (
          <ul className={classes.errors}>
            {parsed.errors.map((e) => (
              <li key={`${e.line} ${e.field} ${e.message}`}>
                <UnstyledButton fz="sm" onClick={() => go(e.line)}>
                  {wordsOf(e)}
                </UnstyledButton>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Group justify="space-between" mt={6}>
        <Text size="sm" className="quiet num">
          {parsed?.items.length ?? 0} of {MAX_ROWS} rows
        </Text>
      </Group>
    </div>
  );
}

const wordsOf = (e: LineError) =>
  `Line ${e.line}: ${e.field ? `${e.field} ` : ''}${e.message}${e.accepted?.length ? `; accepted: ${e.accepted.join(', ')}` : ''}`;
