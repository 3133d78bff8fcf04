-- What each admission of a step was billed. The row is the proof that batches.spent holds it: a
-- report that comes twice, or is bettered by a later one of the same epoch, replaces its charge.
CREATE TABLE step_charges (
  step_id   uuid NOT NULL REFERENCES steps ON DELETE CASCADE,
  epoch     integer NOT NULL,
  batch_id  uuid NOT NULL,
  cost      numeric NOT NULL,
  PRIMARY KEY (step_id, epoch)
);

-- Deliveries that ended before the step's own success was read: its worker publishes the delivery
-- first. The planned row takes over what is known, and this one goes.
CREATE TABLE early_deliveries (
  delivery_id  uuid PRIMARY KEY,
  batch_id     uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  epoch        integer NOT NULL,
  rank         smallint NOT NULL,
  event        jsonb NOT NULL
);

-- Whether manifest_epoch's manifest tells of the batch as it is; whatever changes after it was
-- written takes it back.
ALTER TABLE batches ADD COLUMN manifest_written boolean NOT NULL DEFAULT false;

-- The expected cost of steps beside their number, so that "to finish" needs no look at the steps.
ALTER TABLE step_counts ADD COLUMN price numeric NOT NULL DEFAULT 0;
UPDATE step_counts c SET price = s.price
FROM (SELECT batch_id, kind, account, state, sum(price_amount) AS price
      FROM steps GROUP BY batch_id, kind, account, state) s
WHERE (c.batch_id, c.kind, c.account, c.state) = (s.batch_id, s.kind, s.account, s.state);

CREATE OR REPLACE FUNCTION add_step_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO step_counts AS c (batch_id, kind, account, state, steps, granted, hold, price)
  SELECT batch_id, kind, account, state, count(*), count(*) FILTER (WHERE granted), sum(hold),
    sum(price_amount)
  FROM new_steps GROUP BY batch_id, kind, account, state ORDER BY batch_id, kind, account, state
  ON CONFLICT (batch_id, kind, account, state) DO UPDATE
  SET steps = c.steps + excluded.steps, granted = c.granted + excluded.granted,
      hold = c.hold + excluded.hold, price = c.price + excluded.price;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION move_step_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO step_counts AS c (batch_id, kind, account, state, steps, granted, hold, price)
  SELECT batch_id, kind, account, state, sum(n), sum(g), sum(h), sum(p)
  FROM (SELECT batch_id, kind, account, state, 1 AS n, granted::int AS g, hold AS h,
          price_amount AS p
        FROM new_steps
        UNION ALL
        SELECT batch_id, kind, account, state, -1, -granted::int, -hold, -price_amount
        FROM old_steps) moves
  GROUP BY batch_id, kind, account, state
  HAVING sum(n) <> 0 OR sum(g) <> 0 OR sum(h) <> 0 OR sum(p) <> 0
  ORDER BY batch_id, kind, account, state
  ON CONFLICT (batch_id, kind, account, state) DO UPDATE
  SET steps = c.steps + excluded.steps, granted = c.granted + excluded.granted,
      hold = c.hold + excluded.hold, price = c.price + excluded.price;
  RETURN NULL;
END $$;

-- The latest calls of a model, for how long the rest will take.
CREATE INDEX steps_observed ON steps (kind, model, finished_at DESC)
  WHERE state = 'SUCCEEDED' AND started_at IS NOT NULL;

CREATE INDEX deliveries_step ON deliveries (step_id) WHERE step_id IS NOT NULL;
