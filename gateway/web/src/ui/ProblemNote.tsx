import { List, Text } from '@mantine/core';
import { asProblem } from '../api/problem';
import { Notice } from './Notice';

/** A problem in its own words. */
export function ProblemNote({ error, title }: { error: unknown; title?: string }) {
  if (!error) return null;
  const problem = asProblem(error);
  return (
    <Notice color="var(--kb-failed)" title={title ?? problem.title} role="alert">
      {problem.errors.length > 1 ? (
        <List size="sm" spacing={2}>
          {problem.errors.slice(0, 20).map((e) => (
            <List.Item key={`${e.field} ${e.message}`}>
              <b>{e.field}</b>: {e.message}
              {e.accepted?.length ? `; accepted: ${e.accepted.join(', ')}` : ''}
            </List.Item>
          ))}
        </List>
      ) : (
        <Text size="sm">{problem.detail}</Text>
      )}
    </Notice>
  );
}
