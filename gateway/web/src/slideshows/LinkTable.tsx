import {
  ActionIcon,
  Button,
  Group,
  Loader,
  Menu,
  Select,
  Table,
  Text,
  Textarea,
  Tooltip,
} from '@mantine/core';
import { IconCopy, IconPhotoPlus, IconPhotoUp, IconX } from '@tabler/icons-react';
import { type ClipboardEvent, useState } from 'react';
import { fieldMessage, type Problem } from '../api/problem';
import { FilesButton } from '../ui/FilesButton';
import { plural } from '../ui/numbers';
import { told } from '../ui/toast';
import { useUpload } from '../ui/useUpload';
import classes from './Slideshows.module.css';
import {
  byFileName,
  cellsOf,
  type LinkParts,
  MAX_DESCRIPTION,
  MAX_SLIDES,
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
                    {fieldMessage(problem, `links[${index}].url`) && (
                      <Text size="xs" c="red">
                        {fieldMessage(problem, `links[${index}].url`)}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Photo label={`Product photograph of link ${n}`} parts={parts} onChange={change} />
                    {fieldMessage(problem, `links[${index}].product_photo`) && (
                      <Text size="xs" c="red">
                        {fieldMessage(problem, `links[${index}].product_photo`)}
                      </Text>
                    )}
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
                    {fieldMessage(problem, `links[${index}].slides`) && (
                      <Text size="xs" c="red">
                        {fieldMessage(problem, `links[${index}].slides`)}
                      </Text>
                    )}
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

function Photo({
  label,
  parts,
  onChange,
}: {
  label: string;
  parts: LinkParts;
  onChange: (to: Partial<LinkParts>) => void;
}) {
  const upload = useUpload();
  return (
    <FilesButton
      label={label}
      onFiles={(files) =>
        upload.mutate(files.slice(0, 1), { onSuccess: ([photo]) => photo && onChange({ photo }) })
      }
    >
      {(choose) => (
        <Tooltip label={parts.photo ? parts.photo.name : 'Choose a photograph'}>
          <button
            type="button"
            className={classes.photo}
            aria-label={parts.photo ? `${label}: ${parts.photo.name}` : `Choose: ${label}`}
            onClick={choose}
          >
            {upload.isPending ? (
              <Loader size="xs" />
            ) : parts.photo ? (
              <img src={`${parts.photo.url}?thumbnail=128`} alt="" className="thumb" />
            ) : (
              <IconPhotoPlus size={20} stroke={1.5} aria-hidden />
            )}
          </button>
        </Tooltip>
      )}
    </FilesButton>
  );
}

function Slides({
  label,
  parts,
  onChange,
}: {
  label: string;
  parts: LinkParts;
  onChange: (to: Partial<LinkParts>) => void;
}) {
  const upload = useUpload();
  return (
    <div className={classes.slides}>
      {parts.slides.slice(0, 4).map((slide) => (
        <img key={slide.artifact_id} src={`${slide.url}?thumbnail=128`} alt={slide.name} />
      ))}
      {parts.slides.length > 4 && (
        <Text size="xs" className="quiet num">
          +{parts.slides.length - 4}
        </Text>
      )}
      <FilesButton
        label={label}
        multiple
        onFiles={(files) =>
          upload.mutate(files.slice(0, MAX_SLIDES), { onSuccess: (slides) => onChange({ slides }) })
        }
      >
        {(choose) => (
          <Button
            size="compact-xs"
            variant="subtle"
            loading={upload.isPending}
            aria-label={`${parts.slides.length === 0 ? 'Upload' : 'Replace'}: ${label}`}
            onClick={choose}
          >
            {parts.slides.length === 0 ? 'Upload' : 'Replace'}
          </Button>
        )}
      </FilesButton>
      {parts.slides.length > 0 && (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`Remove: ${label}`}
          onClick={() => onChange({ slides: [] })}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  );
}
