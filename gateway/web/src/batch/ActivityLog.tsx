import { Stack, Text } from '@mantine/core';
import type { BatchState } from '../live/batchFeed';
import { clockTime } from '../ui/numbers';
import { StateWord } from '../ui/StatusBadge';
import { STAGE_WORDS } from '../ui/words';
import classes from './ActivityLog.module.css';

/** What has happened since the page was opened, newest first. */
export function ActivityLog({ feed }: { feed: BatchState }) {
  if (feed.activity.length === 0) {
    return (
      <Text className="quiet">
        {feed.connection === 'ended'
          ? 'The batch had ended when this page was opened. Each step’s times are in Steps.'
          : 'Nothing has changed since this page was opened.'}
      </Text>
    );
  }
  return (
    <Stack component="ol" className={`card num ${classes.log}`} gap={0}>
      {feed.activity.toReversed().map((line) => (
        <li key={`${line.step.ordinal} ${line.step.epoch} ${line.step.state}`} className={classes.line}>
          <time>{clockTime(line.at)}</time>
          <span>
            {STAGE_WORDS[line.step.kind].replace(/s$/, '')} step {line.step.ordinal + 1}, group{' '}
            {line.step.group + 1}
          </span>
          <StateWord state={line.step.state} />
        </li>
      ))}
    </Stack>
  );
}
