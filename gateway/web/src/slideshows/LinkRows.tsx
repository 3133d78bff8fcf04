import { Anchor, Group, Table, Text } from '@mantine/core';
import type { LinkStatus, SlideshowStatus } from '../api/types';
import { DownloadButton } from '../batch/DownloadButton';
import { RetryButton } from '../batch/RetryButton';
import { Section } from '../ui/Section';
import { countsOf, StateBar } from '../ui/StateBar';
import classes from './Slideshows.module.css';
import { retriable } from './slideshows';

const LINK_WORDS: Record<LinkStatus, [string, string]> = {
  resolving: ['Looking for slides', 'var(--kb-queued)'],
  resolved: ['Slides found', 'var(--kb-queued)'],
  waiting: ['Waiting', 'var(--kb-waiting)'],
  in_progress: ['In progress', 'var(--kb-running)'],
  waiting_for_decision: ['Waiting for you', 'var(--kb-held)'],
  completed: ['Completed', 'var(--kb-succeeded)'],
  completed_with_failures: ['Completed with failures', 'var(--kb-unknown)'],
  failed: ['Failed', 'var(--kb-failed)'],
  cancelled: ['Cancelled', 'var(--kb-stopped)'],
};

/** How far each link of a batch is, with what may be done about it. */
export function LinkRows({
  batchId,
  links,
  retriable: mayRetry,
  onRevived,
}: {
  batchId: string;
  links: SlideshowStatus['links'];
  retriable: boolean;
  onRevived: () => void;
}) {
  return (
    <Section
      title="Links"
      aside={`${links.filter((link) => link.status === 'completed').length} of ${links.length} completed`}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls with the keyboard */}
      <section className={classes.table} tabIndex={0} aria-label="Links of the batch">
        <Table verticalSpacing="sm" className="num">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={36}>#</Table.Th>
              <Table.Th>Link</Table.Th>
              <Table.Th w={200}>State</Table.Th>
              <Table.Th w={70}>Slides</Table.Th>
              <Table.Th w={200}>Steps</Table.Th>
              <Table.Th w={150}>
                <span className="visually-hidden">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {links.map((link) => {
              const [word, color] = LINK_WORDS[link.status];
              const ended = link.completed + link.failed + link.cancelled;
              return (
                <Table.Tr key={link.link} data-link={link.link}>
                  <Table.Td>{link.link}</Table.Td>
                  <Table.Td style={{ maxWidth: 300 }}>
                    <Text size="sm" fw={600} truncate>
                      {link.username ? `@${link.username}` : link.folder}
                    </Text>
                    <Anchor href={link.url} target="_blank" rel="noreferrer" size="xs">
                      {link.url.replace('https://www.', '')}
                    </Anchor>
                    {link.error && (
                      <Text size="xs" c="red">
                        {link.error.message}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Group gap={8} wrap="nowrap">
                      <span className="dot" style={{ background: color }} aria-hidden />
                      <Text size="sm">{word}</Text>
                    </Group>
                  </Table.Td>
                  <Table.Td>{link.slides ?? '–'}</Table.Td>
                  <Table.Td>
                    <Text size="sm">
                      {ended} of {link.total}
                      {link.failed > 0 ? `, ${link.failed} failed` : ''}
                    </Text>
                    <div style={{ marginTop: 5 }}>
                      <StateBar counts={countsOf(link)} height={5} />
                    </div>
                  </Table.Td>
                  <Table.Td>
                    <Group gap={6} justify="flex-end" wrap="nowrap">
                      {mayRetry && retriable(link) && (
                        <RetryButton
                          batchId={batchId}
                          links={[link.link]}
                          onRevived={onRevived}
                          size="compact-xs"
                          variant="light"
                          leftSection={null}
                          aria-label={`Retry link ${link.link}`}
                        >
                          Retry
                        </RetryButton>
                      )}
                      {link.completed > 0 && (
                        <DownloadButton
                          batchId={batchId}
                          group={link.link - 1}
                          size="compact-xs"
                          variant="subtle"
                          leftSection={null}
                          aria-label={`Download link ${link.link}`}
                        >
                          Download
                        </DownloadButton>
                      )}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </section>
    </Section>
  );
}
