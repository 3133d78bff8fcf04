import { Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Batch } from '../api/types';
import { KIND_ICONS } from '../ui/kinds';
import { ago, duration, money, plural } from '../ui/numbers';
import { ended, percent, StateBar } from '../ui/StateBar';
import { StatusBadge } from '../ui/StatusBadge';
import { useNow } from '../ui/useNow';
import { isTerminal, KIND_WORDS, STAGE_WORDS } from '../ui/words';
import classes from './BatchRow.module.css';

/** One batch of the list; the whole row leads to its page. */
export function BatchRow({ batch }: { batch: Batch }) {
  const now = useNow(10_000);
  const { counts, cost } = batch;
  const Icon = KIND_ICONS[batch.kind];
  return (
    <li>
      <Link to={`/batches/${batch.batch_id}`} className={`card plain rowlink ${classes.row}`}>
        <Group gap="sm" wrap="nowrap" className={classes.name}>
          <span className={classes.kind}>
            <Icon size={19} stroke={1.7} aria-hidden />
          </span>
          <Stack gap={2} style={{ minWidth: 0 }}>
            <Text fw={600} truncate>
              {batch.name}
            </Text>
            <Text size="sm" className="quiet" truncate>
              {KIND_WORDS[batch.kind]} · {ago(batch.created_at, now)}
            </Text>
          </Stack>
        </Group>
        <div className={classes.status}>
          <StatusBadge status={batch.status} />
        </div>
        <Stack gap={6} className={classes.progress}>
          <StateBar counts={counts} />
          <Group gap="2px 12px" className="num">
            {batch.stages.map((stage) => (
              <Text key={stage.kind} size="xs" className="quiet">
                {STAGE_WORDS[stage.kind]} {stage.succeeded}/{stage.total}
              </Text>
            ))}
          </Group>
        </Stack>
        <Stack gap={2} className={`num ${classes.number}`}>
          <Text fw={600}>{percent(counts)}%</Text>
          <Text size="xs" className="quiet">
            {ended(counts)} of {plural(counts.total, 'step')}
          </Text>
        </Stack>
        <Stack gap={2} className={`num ${classes.money}`}>
          <Text fw={600}>{money(cost.spent, cost.currency)}</Text>
          <Text size="xs" className="quiet">
            {rest(batch)}
          </Text>
        </Stack>
      </Link>
    </li>
  );
}

function rest(batch: Batch): string {
  if (isTerminal(batch.status)) return `quoted ${money(batch.cost.quoted, batch.cost.currency)}`;
  const held = batch.cost.held > 0 ? `${money(batch.cost.held, batch.cost.currency)} held · ` : '';
  const left = `${held}${money(batch.cost.to_finish, batch.cost.currency)} to finish`;
  return batch.eta.p50_seconds == null ? left : `${left} · ~${duration(batch.eta.p50_seconds)}`;
}
