import { ActionIcon, Button, Group, Menu, Select, Table, Text, Textarea } from '@mantine/core';
import { IconCopy, IconPhotoUp } from '@tabler/icons-react';
import { type ClipboardEvent, useState } from 'react';
import { fieldMessage, type Problem } from '../api/problem';
import { FieldError } from '../ui/FieldError';
import { FilesButton } from '../ui/FilesButton';
import { plural } from '../ui/numbers';
import { told } from '../ui/toast';
import { useUpload } from '../ui/useUpload';
import { Photo, Slides } from './LinkFiles';
import classes from './Slideshows.module.css';
import {
  byFileName,
  cellsOf,
  type LinkParts,
  MAX_DESCRIPTION,
  partsOf,
  type SlideshowDraft,
  type ValidLink,
} from './slideshows';

/** What belongs to each link: its product's photograph and description, and its slides where they are at hand. */
export function LinkTable({
  draft,
  links,
  problem,
  onParts,
}: {
  draft: SlideshowDraft;
  links: ValidLink[];
  problem: Problem | null;
  onParts: (change: (link: ValidLink, index: number, parts: LinkParts) => LinkParts) => void;
}) {
  const [way, setWay] = useState<'order' | 'name'>('order');
  const photos = useUpload();
  const assign = async (files: File[]) => {
    const wanted =
      way === 'order'
        ? links.map((_, index) => (index < files.length ? index : -1))
        : byFileName(
            links,
            files.map((file) => file.name),
          );
    const used = [...new Set(wanted.filter((index) => index >= 0))];
    if (used.length === 0) {
      told('No photograph fits', 'Files are named after the link’s number, author or post, such as 3.jpg.');
      return;
    }
    const sources = await photos.mutateAsync(used.flatMap((index) => files[index] ?? []));
    const byIndex = new Map(used.map((index, place) => [index, sources[place]]));
    onParts((_, index, parts) => ({ ...parts, photo: byIndex.get(wanted[index] ?? -1) ?? parts.photo }));
    const left = files.length - used.length;
    told(
      'Photographs placed',
      `${plural(used.length, 'link')} got one${left > 0 ? `; ${plural(left, 'file')} fitted no link` : ''}.`,
    );
  };
  const pasted = (event: ClipboardEvent, from: number) => {
    const cells = cellsOf(event.clipboardData.getData('text/plain'));
    if (cells.length < 2) return;
    event.preventDefault();
    onParts((_, index, parts) => {
      const cell = cells[index - from];
      return index >= from && cell !== undefined ? { ...parts, description: cell } : parts;
    });
  };
  return (
    <>
      <Group gap="sm" justify="space-between">
        <Text size="sm" className="quiet">
          A column copied from a spreadsheet fills the descriptions from where it is pasted.
        </Text>
        <Group gap="xs">
          <Select
            aria-label="How photographs find their links"
            size="xs"
            w={150}
            data={[
              { value: 'order', label: 'In this order' },
              { value: 'name', label: 'By file name' },
            ]}
            value={way}
            allowDeselect={false}
            onChange={(value) => setWay(value as 'order' | 'name')}
          />
          <FilesButton label="Photographs for all links" multiple onFiles={(files) => void assign(files)}>
            {(choose) => (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPhotoUp size={15} />}
                loading={photos.isPending}
                onClick={choose}
              >
                Upload photographs
              </Button>
            )}
          </FilesButton>
        </Group>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls with the keyboard */}
      <section className={classes.table} tabIndex={0} aria-label="Links and their products">
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={36}>#</Table.Th>
              <Table.Th>Link</Table.Th>
              <Table.Th w={80}>Photo</Table.Th>
              <Table.Th w="38%">Product description</Table.Th>
              <Table.Th w={170}>Slides</Table.Th>
              <Table.Th w={40}>
                <span className="visually-hidden">Apply to all</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {links.map((link, index) => {
              const parts = partsOf(draft, link);
              const change = (to: Partial<LinkParts>) =>
                onParts((_, at, before) => (at === index ? { ...before, ...to } : before));
              const n = index + 1;
              return (
                <Table.Tr key={link.url}>
                  <Table.Td className="num">{n}</Table.Td>
                  <Table.Td style={{ maxWidth: 220 }}>
                    <Text size="sm" fw={600} truncate>
                      {link.username ? `@${link.username}` : 'Author not in the link'}
                    </Text>
                    <Text size="xs" className="quiet" truncate title={link.url}>
                      {link.url.replace('https://www.', '')}
                    </Text>
                    <FieldError problem={problem} field={`links[${index}].url`} />
                  </Table.Td>
                  <Table.Td>
                    <Photo label={`Product photograph of link ${n}`} parts={parts} onChange={change} />
                    <FieldError problem={problem} field={`links[${index}].product_photo`} />
                  </Table.Td>
                  <Table.Td>
                    <Textarea
                      aria-label={`Product description of link ${n}`}
                      placeholder="A red enamel mug, 350 ml"
                      autosize
                      minRows={2}
                      maxRows={5}
                      maxLength={MAX_DESCRIPTION}
                      value={parts.description}
                      onChange={(event) => change({ description: event.currentTarget.value })}
                      onPaste={(event) => pasted(event, index)}
                      error={fieldMessage(problem, `links[${index}].product_description`)}
                    />
                  </Table.Td>
                  <Table.Td>
                    <Slides label={`Slides of link ${n}`} parts={parts} onChange={change} />
                    <FieldError problem={problem} field={`links[${index}].slides`} />
                  </Table.Td>
                  <Table.Td>
                    {links.length > 1 && (
                      <Menu position="bottom-end">
                        <Menu.Target>
                          <ActionIcon variant="subtle" color="gray" aria-label={`Apply link ${n} to all`}>
                            <IconCopy size={17} />
                          </ActionIcon>
                        </Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item
                            disabled={parts.photo === null}
                            onClick={() => onParts((_, __, before) => ({ ...before, photo: parts.photo }))}
                          >
                            This photograph for all links
                          </Menu.Item>
                          <Menu.Item
                            disabled={parts.description.trim() === ''}
                            onClick={() =>
                              onParts((_, __, before) => ({ ...before, description: parts.description }))
                            }
                          >
                            This description for all links
                          </Menu.Item>
                        </Menu.Dropdown>
                      </Menu>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </section>
    </>
  );
}
