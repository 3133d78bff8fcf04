-- How many groups of a batch may be in progress at once; absent for any number.
ALTER TABLE batches ADD COLUMN group_limit integer CHECK (group_limit >= 1);
CREATE INDEX batches_group_limited ON batches (batch_id)
  WHERE group_limit IS NOT NULL AND finished_at IS NULL;

-- Whether the group has one of its batch's places; written by admission alone, in batches with a
-- limit.
ALTER TABLE batch_groups ADD COLUMN in_progress boolean NOT NULL DEFAULT false;

-- Batches whose steps are not written yet.
CREATE INDEX batches_planning ON batches (batch_id) WHERE planning AND finished_at IS NULL;

-- The links of a slideshow batch, and what became of their slides. A link is PENDING until its
-- slides are known or cannot be had.
CREATE TABLE slideshow_links (
  batch_id       uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  link_index     integer NOT NULL,
  link           jsonb NOT NULL,
  product        jsonb NOT NULL,
  description    text NOT NULL,
  -- URLs of the slides that the client gave; null where they are read from the link's page
  given          jsonb,
  state          text NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'RESOLVED', 'FAILED')),
  slides         jsonb,
  username       text,
  post_id        text,
  error_code     text,
  error_message  text,
  attempts       integer NOT NULL DEFAULT 0,
  due_at         timestamptz NOT NULL DEFAULT now(),
  lease_owner    text,
  lease_until    timestamptz,
  resolved_at    timestamptz,
  PRIMARY KEY (batch_id, link_index)
);
CREATE INDEX slideshow_links_pending ON slideshow_links (due_at) WHERE state = 'PENDING';
