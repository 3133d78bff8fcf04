-- A batch and everything that follows from its plan. The rows are the outbox: announced = false means
-- that Kafka does not know the row's present state yet.

CREATE TABLE batches (
  batch_id             uuid PRIMARY KEY,
  owner                text NOT NULL,
  kind                 text NOT NULL,
  name                 text NOT NULL,
  folder               text NOT NULL,
  -- what the client sent, for its own view of the batch
  request              jsonb NOT NULL,
  currency             text NOT NULL,
  quoted               numeric NOT NULL,
  max_cost             numeric,
  spent                numeric NOT NULL DEFAULT 0,
  quote_id             uuid,
  total_steps          integer NOT NULL,
  planning             boolean NOT NULL DEFAULT false,
  started              boolean NOT NULL DEFAULT false,
  hold                 text NOT NULL DEFAULT 'NONE',
  hold_reason          text,
  -- where admission has paused it: the least money with which it can go on
  budget_need          numeric,
  control_sequence     bigint NOT NULL DEFAULT 0,
  control_announced    boolean NOT NULL DEFAULT true,
  status               text NOT NULL,
  -- of the whole batch; every change that a BatchEvent shows takes the next
  revision             bigint NOT NULL DEFAULT 1,
  announced            boolean NOT NULL DEFAULT false,
  files                integer NOT NULL DEFAULT 0,
  files_delivered      integer NOT NULL DEFAULT 0,
  files_failed         integer NOT NULL DEFAULT 0,
  folder_url           text,
  manifest_epoch       integer NOT NULL DEFAULT 0,
  deliveries_complete  boolean NOT NULL DEFAULT false,
  eta_p50_seconds      bigint,
  eta_p90_seconds      bigint,
  error_code           text,
  error_message        text,
  created_at           timestamptz NOT NULL,
  started_at           timestamptz,
  finished_at          timestamptz,
  CHECK (hold IN ('NONE', 'PAUSED', 'CANCELLED'))
);
CREATE UNIQUE INDEX batches_folder ON batches (folder);
CREATE INDEX batches_listing ON batches (owner, batch_id DESC);
CREATE INDEX batches_active ON batches (batch_id) WHERE finished_at IS NULL;
CREATE INDEX batches_unannounced ON batches (batch_id) WHERE NOT announced;
CREATE INDEX batches_control_unannounced ON batches (batch_id) WHERE NOT control_announced;

CREATE TABLE batch_groups (
  batch_id     uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  group_index  integer NOT NULL,
  label        text NOT NULL,
  source       jsonb,
  source_url   text,
  PRIMARY KEY (batch_id, group_index)
);

CREATE TABLE steps (
  step_id        uuid PRIMARY KEY,
  batch_id       uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  ordinal        integer NOT NULL,
  group_index    integer NOT NULL,
  kind           text NOT NULL,
  parent_id      uuid,
  account        text NOT NULL,
  provider       text NOT NULL,
  model          text NOT NULL,
  prompt         text NOT NULL,
  prompt_index   integer NOT NULL,
  variation      integer NOT NULL,
  parameters     jsonb NOT NULL,
  inputs         jsonb NOT NULL,
  output_count   integer NOT NULL,
  price          jsonb NOT NULL,
  price_amount   numeric NOT NULL,
  price_hold     numeric NOT NULL,
  content_key    text,
  deliveries     jsonb NOT NULL,
  needs_approval boolean NOT NULL,
  max_attempts   integer NOT NULL,
  state          text NOT NULL,
  epoch          integer NOT NULL,
  -- state's place in the order of reports: StepState.rank()
  rank           smallint NOT NULL,
  settled_epoch  integer NOT NULL DEFAULT 0,
  attempt        integer NOT NULL DEFAULT 1,
  retry_at       timestamptz,
  -- listed in its parent's message: the parent's worker chains it
  granted        boolean NOT NULL DEFAULT false,
  -- money set aside for it; 0 unless admitted or granted
  hold           numeric NOT NULL DEFAULT 0,
  cost           numeric,
  error_code     text,
  error_message  text,
  stopped        text,
  worker         text,
  announced      boolean NOT NULL DEFAULT false,
  -- when anything was last heard or done about it; the sweeper's clock
  touched_at     timestamptz NOT NULL,
  queued_at      timestamptz,
  started_at     timestamptz,
  finished_at    timestamptz,
  UNIQUE (batch_id, ordinal)
);
CREATE INDEX steps_parent ON steps (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX steps_ready ON steps (kind, account, batch_id, ordinal) WHERE state = 'READY';
CREATE INDEX steps_retry ON steps (retry_at) WHERE state = 'RETRY_WAIT';
CREATE INDEX steps_unannounced ON steps (step_id) WHERE NOT announced;
CREATE INDEX steps_under_way ON steps (touched_at) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX steps_granted ON steps (touched_at) WHERE granted;
CREATE INDEX steps_finished ON steps (finished_at) WHERE state = 'SUCCEEDED';

CREATE TABLE step_outputs (
  step_id       uuid NOT NULL REFERENCES steps ON DELETE CASCADE,
  output_index  integer NOT NULL,
  batch_id      uuid NOT NULL,
  artifact_id   uuid NOT NULL,
  artifact      jsonb NOT NULL,
  PRIMARY KEY (step_id, output_index)
);
CREATE INDEX step_outputs_batch ON step_outputs (batch_id);

-- Kept by triggers on steps, so that counts cannot drift from the rows.
CREATE TABLE step_counts (
  batch_id  uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  kind      text NOT NULL,
  account   text NOT NULL,
  state     text NOT NULL,
  steps     integer NOT NULL,
  granted   integer NOT NULL,
  hold      numeric NOT NULL,
  PRIMARY KEY (batch_id, kind, account, state)
);
CREATE INDEX step_counts_in_flight ON step_counts (kind, account)
  WHERE state IN ('QUEUED', 'RUNNING') AND steps > 0;
CREATE INDEX step_counts_granted ON step_counts (kind, account) WHERE granted > 0;
CREATE INDEX step_counts_ready ON step_counts (kind, account) WHERE state = 'READY' AND steps > 0;

CREATE FUNCTION add_step_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO step_counts AS c (batch_id, kind, account, state, steps, granted, hold)
  SELECT batch_id, kind, account, state, count(*), count(*) FILTER (WHERE granted), sum(hold)
  FROM new_steps GROUP BY batch_id, kind, account, state ORDER BY batch_id, kind, account, state
  ON CONFLICT (batch_id, kind, account, state) DO UPDATE
  SET steps = c.steps + excluded.steps, granted = c.granted + excluded.granted,
      hold = c.hold + excluded.hold;
  RETURN NULL;
END $$;

CREATE FUNCTION move_step_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO step_counts AS c (batch_id, kind, account, state, steps, granted, hold)
  SELECT batch_id, kind, account, state, sum(n), sum(g), sum(h)
  FROM (SELECT batch_id, kind, account, state, 1 AS n, granted::int AS g, hold AS h FROM new_steps
        UNION ALL
        SELECT batch_id, kind, account, state, -1, -granted::int, -hold FROM old_steps) moves
  GROUP BY batch_id, kind, account, state
  HAVING sum(n) <> 0 OR sum(g) <> 0 OR sum(h) <> 0
  ORDER BY batch_id, kind, account, state
  ON CONFLICT (batch_id, kind, account, state) DO UPDATE
  SET steps = c.steps + excluded.steps, granted = c.granted + excluded.granted,
      hold = c.hold + excluded.hold;
  RETURN NULL;
END $$;

CREATE TRIGGER steps_added AFTER INSERT ON steps
  REFERENCING NEW TABLE AS new_steps FOR EACH STATEMENT EXECUTE FUNCTION add_step_counts();
CREATE TRIGGER steps_moved AFTER UPDATE ON steps
  REFERENCING OLD TABLE AS old_steps NEW TABLE AS new_steps
  FOR EACH STATEMENT EXECUTE FUNCTION move_step_counts();

CREATE TABLE deliveries (
  delivery_id   uuid PRIMARY KEY,
  batch_id      uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  step_id       uuid,
  output_index  integer NOT NULL,
  path          text[] NOT NULL,
  artifact      jsonb NOT NULL,
  manifest      boolean NOT NULL,
  epoch         integer NOT NULL,
  state         text NOT NULL,
  rank          smallint NOT NULL,
  url           text,
  error_code    text,
  error_message text,
  -- true where the worker publishes it; false where batch-api has to
  announced     boolean NOT NULL,
  touched_at    timestamptz NOT NULL
);
CREATE INDEX deliveries_batch ON deliveries (batch_id);
CREATE INDEX deliveries_pending ON deliveries (touched_at) WHERE state = 'PENDING';
CREATE INDEX deliveries_unannounced ON deliveries (delivery_id) WHERE NOT announced;

-- What the stages have said about a batch's control: once all have, a cancel is true.
CREATE TABLE control_confirmations (
  batch_id  uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  sequence  bigint NOT NULL,
  stage     text NOT NULL,
  part      integer NOT NULL,
  parts     integer NOT NULL,
  begun     uuid[] NOT NULL,
  PRIMARY KEY (batch_id, sequence, stage, part)
);

-- Offsets of step.events that the tables above hold the effects of.
CREATE TABLE applied_offsets (
  topic        text NOT NULL,
  partition    integer NOT NULL,
  next_offset  bigint NOT NULL,
  PRIMARY KEY (topic, partition)
);

CREATE TABLE admission_lease (
  one    boolean PRIMARY KEY DEFAULT true CHECK (one),
  owner  text,
  until  timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO admission_lease DEFAULT VALUES;

-- What a key's owner may address by id; ids never are content hashes.
CREATE TABLE artifacts (
  artifact_id  uuid PRIMARY KEY,
  owner        text NOT NULL,
  sha256       text NOT NULL,
  artifact     jsonb NOT NULL,
  created_at   timestamptz NOT NULL,
  UNIQUE (owner, sha256)
);

CREATE TABLE quotes (
  quote_id       uuid PRIMARY KEY,
  owner          text NOT NULL,
  plan_hash      text NOT NULL,
  price_version  text NOT NULL,
  currency       text NOT NULL,
  amount         numeric NOT NULL,
  detail         jsonb NOT NULL,
  created_at     timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL
);

CREATE TABLE idempotency_keys (
  owner         text NOT NULL,
  key           text NOT NULL,
  request_hash  text NOT NULL,
  batch_id      uuid NOT NULL,
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
