-- What a key's owner may spend in all. An owner without a record, or with a record without a budget,
-- has no limit; whose key it is follows from the configured kombine.access.keys.
CREATE TABLE api_keys (
  owner       text PRIMARY KEY,
  -- SHA-256 in hexadecimal; absent for whom requests without a key act for
  key_hash    text,
  budget      numeric,
  currency    text NOT NULL,
  created_at  timestamptz NOT NULL,
  changed_at  timestamptz NOT NULL,
  CHECK (budget >= 0)
);

-- What an owner has spent, as a sum over rows: each change of a batch adds one, so that no two
-- batches wait for each other, and now and then many become one.
CREATE TABLE account_spending (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner     text NOT NULL,
  currency  text NOT NULL,
  amount    numeric NOT NULL
);
CREATE INDEX account_spending_owner ON account_spending (owner, currency);
INSERT INTO account_spending (owner, currency, amount)
SELECT owner, currency, sum(spent) FROM batches GROUP BY owner, currency HAVING sum(spent) <> 0;

CREATE FUNCTION add_account_spending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO account_spending (owner, currency, amount)
  VALUES (NEW.owner, NEW.currency, NEW.spent - OLD.spent);
  RETURN NULL;
END $$;
CREATE TRIGGER batches_spent AFTER UPDATE OF spent ON batches
  FOR EACH ROW WHEN (NEW.spent <> OLD.spent) EXECUTE FUNCTION add_account_spending();

CREATE INDEX step_counts_holding ON step_counts (batch_id) WHERE hold <> 0;

-- Both sums from one snapshot: what moves from held to spent is in exactly one of them.
CREATE VIEW account_balances AS
SELECT k.owner, k.currency, k.budget,
  coalesce((SELECT sum(s.amount) FROM account_spending s
            WHERE s.owner = k.owner AND s.currency = k.currency), 0) AS spent,
  coalesce((SELECT sum(c.hold) FROM step_counts c JOIN batches b USING (batch_id)
            WHERE b.owner = k.owner AND b.currency = k.currency AND c.hold <> 0), 0) AS held
FROM api_keys k;

-- What the ledger tells of a charge. A cost that nobody knows is null.
ALTER TABLE step_charges ALTER COLUMN cost DROP NOT NULL;
ALTER TABLE step_charges ADD COLUMN attempt integer NOT NULL DEFAULT 1;
ALTER TABLE step_charges ADD COLUMN outcome text;
ALTER TABLE step_charges ADD COLUMN charged_at timestamptz;
UPDATE step_charges c SET outcome = s.state, attempt = s.attempt,
  charged_at = coalesce(s.finished_at, s.touched_at)
FROM steps s WHERE s.step_id = c.step_id;
ALTER TABLE step_charges ALTER COLUMN outcome SET NOT NULL;
ALTER TABLE step_charges ALTER COLUMN charged_at SET NOT NULL;
CREATE INDEX step_charges_batch ON step_charges (batch_id, charged_at, step_id, epoch);
CREATE INDEX step_charges_time ON step_charges (charged_at, step_id, epoch);
