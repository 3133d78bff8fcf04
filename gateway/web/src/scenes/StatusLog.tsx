import { Table, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { clockTime } from '../ui/numbers';
import { Section } from '../ui/Section';
import classes from './Scenes.module.css';
import type { LogLine } from './scenes';

/** What has happened, the newest line last; lines are only ever added. */
export function StatusLog({ log }: { log: LogLine[] }) {
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies(log.length): the newest line is to be seen
  useEffect(() => {
    const box = end.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, [log.length]);
  return (
    <Section title="Status log" aside={`${log.length} lines`}>
      {log.length === 0 ? (
        <Text size="sm" className="quiet">
          Dry runs, live runs, approvals and every step of their jobs are written here.
        </Text>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls with the keyboard
        <section ref={end} className={classes.log} tabIndex={0} aria-label="Lines of the status log">
          <Table fz="sm" className="num" verticalSpacing={5} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                {['Time', 'Job', 'Scene', 'Status', 'Message'].map((name) => (
                  <Table.Th key={name}>{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {log.map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines are never moved
                <Table.Tr key={`${line.at}-${index}`}>
                  <Table.Td>{clockTime(line.at)}</Table.Td>
                  <Table.Td ff="monospace" title={line.job}>
                    {line.job.slice(-6) || '–'}
                  </Table.Td>
                  <Table.Td>{line.scene || '–'}</Table.Td>
                  <Table.Td>{line.status}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{line.message}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </Section>
  );
}
