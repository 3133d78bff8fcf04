-- The last dry run of each batch of scene rows: what a live call must name within a day.
CREATE TABLE scene_dry_runs (
  dry_run_id     uuid PRIMARY KEY,
  owner          text NOT NULL,
  batch_hash     text NOT NULL,
  price_version  text NOT NULL,
  currency       text NOT NULL,
  total          numeric NOT NULL,
  run_at         timestamptz NOT NULL,
  UNIQUE (owner, batch_hash)
);
CREATE INDEX scene_dry_runs_age ON scene_dry_runs (run_at);

-- Which scene each group of a job is; a job makes images or videos.
CREATE TABLE scene_rows (
  batch_id     uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  group_index  integer NOT NULL,
  owner        text NOT NULL,
  scene_id     text NOT NULL,
  videos       boolean NOT NULL,
  PRIMARY KEY (batch_id, group_index),
  UNIQUE (batch_id, scene_id)
);
CREATE INDEX scene_rows_latest ON scene_rows (owner, scene_id, batch_id DESC) WHERE NOT videos;

-- The one image of a scene that may become a video.
CREATE TABLE scene_approvals (
  batch_id      uuid NOT NULL,
  scene_id      text NOT NULL,
  artifact_id   uuid NOT NULL,
  approved_at   timestamptz NOT NULL,
  PRIMARY KEY (batch_id, scene_id),
  FOREIGN KEY (batch_id, scene_id) REFERENCES scene_rows (batch_id, scene_id) ON DELETE CASCADE
);

-- Addresses that take one file each; only the hash of the signature is kept.
CREATE TABLE signed_uploads (
  upload_id      uuid PRIMARY KEY,
  owner          text NOT NULL,
  signature_hash text NOT NULL,
  media_type     text NOT NULL,
  file_name      text,
  expires_at     timestamptz NOT NULL,
  -- present once its file has come
  artifact_id    uuid REFERENCES artifacts ON DELETE CASCADE
);
CREATE INDEX signed_uploads_age ON signed_uploads (expires_at);
