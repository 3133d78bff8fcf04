-- Requests that came by Kafka, and the replies to them. A reply is written in the transaction that
-- makes it true, and goes once Kafka has it.

CREATE TABLE kafka_requests (
  -- '' where the producer is mapped to nobody
  owner       text NOT NULL,
  request_id  text NOT NULL,
  -- absent until it is accepted
  batch_id    uuid REFERENCES batches ON DELETE CASCADE,
  -- of its latest reply. Whoever replies takes the next one, and so this row's lock until its
  -- transaction ends: replies to one request are committed in their order
  sequence    bigint NOT NULL DEFAULT 0,
  started     boolean NOT NULL DEFAULT false,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (owner, request_id)
);
CREATE UNIQUE INDEX kafka_requests_batch ON kafka_requests (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX kafka_requests_refused ON kafka_requests (created_at) WHERE batch_id IS NULL;

CREATE TABLE generation_replies (
  reply_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id    uuid NOT NULL DEFAULT gen_random_uuid(),
  request_id  text NOT NULL,
  sequence    bigint NOT NULL,
  type        text NOT NULL,
  batch_id    uuid,
  step_id     uuid,
  -- what the rows that the ids name may no longer say when it is published
  body        jsonb NOT NULL,
  time        timestamptz NOT NULL
);

-- What an estimate leaves out until a person has decided.
CREATE INDEX steps_to_approve ON steps (batch_id) WHERE needs_approval AND state = 'WAITING';

CREATE FUNCTION reply_step_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  request kafka_requests%ROWTYPE;
  ended integer;
  began timestamptz;
BEGIN
  FOR request IN
    SELECT * FROM kafka_requests WHERE batch_id IN (SELECT batch_id FROM new_steps)
    ORDER BY batch_id FOR UPDATE
  LOOP
    SELECT count(*), min(n.touched_at) FILTER (WHERE n.state IN ('SUCCEEDED', 'FAILED'))
    INTO ended, began
    FROM new_steps n JOIN old_steps o USING (step_id)
    WHERE n.batch_id = request.batch_id
      AND n.state IN ('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED')
      AND (n.state, n.epoch) <> (o.state, o.epoch);
    CONTINUE WHEN ended = 0;
    -- why here too: steps whose outputs are reused end before their batch is seen to have started
    IF began IS NOT NULL AND NOT request.started THEN
      request.sequence := request.sequence + 1;
      INSERT INTO generation_replies (request_id, sequence, type, batch_id, body, time)
      VALUES (request.request_id, request.sequence, 'started', request.batch_id, '{}', began);
    END IF;
    INSERT INTO generation_replies (request_id, sequence, type, batch_id, step_id, body, time)
    SELECT request.request_id, request.sequence + row_number() OVER (ORDER BY n.ordinal), 'step',
      n.batch_id, n.step_id,
      jsonb_build_object('epoch', n.epoch, 'state', n.state, 'cost', n.cost,
        'code', n.error_code, 'message', n.error_message),
      coalesce(n.finished_at, n.touched_at)
    FROM new_steps n JOIN old_steps o USING (step_id)
    WHERE n.batch_id = request.batch_id
      AND n.state IN ('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED')
      AND (n.state, n.epoch) <> (o.state, o.epoch);
    UPDATE kafka_requests k SET sequence = request.sequence + ended,
      started = k.started OR began IS NOT NULL
    WHERE k.owner = request.owner AND k.request_id = request.request_id;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER steps_replied AFTER UPDATE ON steps
  REFERENCING OLD TABLE AS old_steps NEW TABLE AS new_steps
  FOR EACH STATEMENT EXECUTE FUNCTION reply_step_ends();

-- Tells a request of its batch's start or end, as far as the batch has come.
CREATE FUNCTION reply_batch(changed batches) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  request kafka_requests%ROWTYPE;
BEGIN
  SELECT * INTO request FROM kafka_requests k WHERE k.batch_id = changed.batch_id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF changed.started_at IS NOT NULL AND NOT request.started THEN
    request.started := true;
    request.sequence := request.sequence + 1;
    INSERT INTO generation_replies (request_id, sequence, type, batch_id, body, time)
    VALUES (request.request_id, request.sequence, 'started', changed.batch_id, '{}',
      changed.started_at);
  END IF;
  IF changed.finished_at IS NOT NULL THEN
    request.sequence := request.sequence + 1;
    INSERT INTO generation_replies (request_id, sequence, type, batch_id, body, time)
    VALUES (request.request_id, request.sequence, 'finished', changed.batch_id,
      jsonb_build_object('status', changed.status, 'spent', changed.spent,
        'delivered', changed.files_delivered, 'failed', changed.files_failed,
        'folderUrl', changed.folder_url,
        'counts', (SELECT coalesce(jsonb_object_agg(state, steps), '{}')
                   FROM (SELECT state, sum(steps) AS steps FROM step_counts c
                         WHERE c.batch_id = changed.batch_id GROUP BY state) counts)),
      changed.finished_at);
  END IF;
  UPDATE kafka_requests k SET sequence = request.sequence, started = request.started
  WHERE k.owner = request.owner AND k.request_id = request.request_id;
END $$;

CREATE FUNCTION reply_batch_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM reply_batch(NEW);
  RETURN NULL;
END $$;
CREATE TRIGGER batches_replied AFTER UPDATE OF started_at, finished_at ON batches
  FOR EACH ROW WHEN (
    (OLD.started_at IS NULL AND NEW.started_at IS NOT NULL)
    OR (OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL))
  EXECUTE FUNCTION reply_batch_changes();
