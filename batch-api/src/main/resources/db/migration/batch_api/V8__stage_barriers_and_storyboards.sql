-- The order in which a batch's stages run, and how many of them are open; null where it has no barriers.
ALTER TABLE batches ADD COLUMN stages text[];
ALTER TABLE batches ADD COLUMN open_stages integer NOT NULL DEFAULT 0;

-- Storyboards: projects of ordered sentences.
CREATE TABLE storyboard_projects (
  project_id    uuid PRIMARY KEY,
  owner         text NOT NULL,
  name          text NOT NULL,
  audio_model   text NOT NULL,
  image_model   text NOT NULL,
  video_model   text NOT NULL,
  resolution    text NOT NULL,
  duration_sec  numeric NOT NULL,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL
);
CREATE INDEX storyboard_projects_listing ON storyboard_projects (owner, project_id DESC);

CREATE TABLE storyboard_sentences (
  sentence_id      uuid PRIMARY KEY,
  project_id       uuid NOT NULL REFERENCES storyboard_projects ON DELETE CASCADE,
  -- from 0, without gaps
  place            integer NOT NULL,
  sentence         text NOT NULL,
  image_prompt     text,
  camera_movement  text,
  motion_strength  numeric,
  voice            text,
  UNIQUE (project_id, place) DEFERRABLE INITIALLY DEFERRED
);

-- Which batches a project's assets were made in, and whose sentence each group was.
CREATE TABLE storyboard_generations (
  batch_id    uuid PRIMARY KEY REFERENCES batches ON DELETE CASCADE,
  project_id  uuid NOT NULL REFERENCES storyboard_projects ON DELETE CASCADE,
  -- sentence ids by group index
  sentences   uuid[] NOT NULL,
  -- calls that it was to make
  audio_jobs  integer NOT NULL,
  image_jobs  integer NOT NULL,
  video_jobs  integer NOT NULL
);
CREATE INDEX storyboard_generations_of_project ON storyboard_generations (project_id, batch_id DESC);
