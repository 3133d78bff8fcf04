import { Stack, Text } from '@mantine/core';
import { plural } from '../ui/numbers';
import { type Draft, product } from './draft';
import classes from './Matrix.module.css';

const SHOWN = 4;

/** Photographs → images → videos as a picture, with the multiplication under it. */
export function Matrix({ draft }: { draft: Draft }) {
  const { sources, imagePrompts, perPrompt, videoPrompts, images, videos } = product(draft);
  const shown = draft.sources.slice(0, SHOWN);
  const perSource = draft.makeImages ? imagePrompts * perPrompt : 0;
  const perImage = videoPrompts;
  return (
    <Stack gap="sm">
      <div
        className={classes.picture}
        role="img"
        aria-label={`${plural(sources, 'photograph')} become ${plural(images, 'image')} and ${plural(videos, 'video')}`}
      >
        {shown.length === 0 && (
          <div className={classes.none}>Add photographs to see what becomes of them</div>
        )}
        {shown.map((source) => (
          <div key={source.artifact_id} className={classes.row}>
            <img src={`${source.url}?thumbnail=128`} alt="" className={classes.source} />
            {perSource > 0 && (
              <>
                <span className={classes.arrow} aria-hidden />
                <Cells n={perSource} kind="image" />
              </>
            )}
            {perImage > 0 && (
              <>
                <span className={classes.arrow} aria-hidden />
                <Cells n={Math.max(1, perSource) * perImage} kind="video" />
              </>
            )}
          </div>
        ))}
        {sources > SHOWN && (
          <Text size="xs" className="quiet">{`and ${plural(sources - SHOWN, 'more photograph')}`}</Text>
        )}
      </div>
      <Stack gap={2} className="num">
        {draft.makeImages && (
          <Text size="sm">
            {sources} × {imagePrompts}
            {perPrompt > 1 ? ` × ${perPrompt}` : ''} = <b>{plural(images, 'image')}</b>
          </Text>
        )}
        {draft.makeVideos && (
          <Text size="sm">
            {draft.makeImages ? images : sources} × {videoPrompts} = <b>{plural(videos, 'video')}</b>
          </Text>
        )}
      </Stack>
    </Stack>
  );
}

const MAX_CELLS = 24;

function Cells({ n, kind }: { n: number; kind: 'image' | 'video' }) {
  const cells = Array.from({ length: Math.min(n, MAX_CELLS) }, (_, i) => i);
  return (
    <span className={classes.cells}>
      {cells.map((i) => (
        <i key={i} data-kind={kind} />
      ))}
      {n > MAX_CELLS && <span className={classes.more}>+{n - MAX_CELLS}</span>}
    </span>
  );
}
