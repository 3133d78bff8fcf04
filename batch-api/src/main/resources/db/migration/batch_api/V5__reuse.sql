-- Whether steps of the batch take outputs that equal steps of its owner have made.
ALTER TABLE batches ADD COLUMN reuse boolean NOT NULL DEFAULT false;

-- Which step of an owner has the output of a content key; among several one with the most outputs.
CREATE TABLE content_keys (
  owner        text NOT NULL,
  content_key  text NOT NULL,
  step_id      uuid NOT NULL REFERENCES steps ON DELETE CASCADE,
  outputs      integer NOT NULL,
  PRIMARY KEY (owner, content_key)
);
CREATE INDEX content_keys_step ON content_keys (step_id);

CREATE INDEX steps_key_live ON steps (content_key)
  WHERE content_key IS NOT NULL AND state IN ('QUEUED', 'RUNNING');
CREATE INDEX steps_key_waiting ON steps (content_key)
  WHERE content_key IS NOT NULL AND state IN ('READY', 'RETRY_WAIT');
