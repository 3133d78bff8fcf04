import { ActionIcon, Button, Loader, Text, Tooltip } from '@mantine/core';
import { IconPhotoPlus, IconX } from '@tabler/icons-react';
import { FilesButton } from '../ui/FilesButton';
import { useUpload } from '../ui/useUpload';
import classes from './Slideshows.module.css';
import { type LinkParts, MAX_SLIDES } from './slideshows';

interface LinkFilesProps {
  label: string;
  parts: LinkParts;
  onChange: (to: Partial<LinkParts>) => void;
}

/** The product's photograph of a link. */
export function Photo({ label, parts, onChange }: LinkFilesProps) {
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

/** The slides of a link, where they are at hand. */
export function Slides({ label, parts, onChange }: LinkFilesProps) {
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
      <span className={classes.acts}>
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
            size={26}
            variant="subtle"
            color="gray"
            aria-label={`Remove: ${label}`}
            onClick={() => onChange({ slides: [] })}
          >
            <IconX size={14} />
          </ActionIcon>
        )}
      </span>
    </div>
  );
}
