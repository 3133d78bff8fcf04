-- Substrings of titles are found by their trigrams; the extension comes with PostgreSQL.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE products (
  product_id  uuid PRIMARY KEY,
  owner       text NOT NULL,
  asin        text NOT NULL,
  title       text NOT NULL,
  search      text NOT NULL GENERATED ALWAYS AS (lower(title || ' ' || asin)) STORED,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  UNIQUE (owner, asin)
);
CREATE INDEX products_listing ON products (owner, product_id DESC);
CREATE INDEX products_search ON products USING gin (search gin_trgm_ops);

-- Source images. Those named by an address are fetched and measured when they are first wanted.
CREATE TABLE product_images (
  image_id     uuid PRIMARY KEY,
  product_id   uuid NOT NULL REFERENCES products ON DELETE CASCADE,
  owner        text NOT NULL,
  variant      text NOT NULL,
  -- as the client gave it, to be fetched from; may hold a credential, so it is never answered
  url          text NOT NULL,
  shown_url    text NOT NULL,
  artifact_id  uuid REFERENCES artifacts,
  width_px     integer,
  height_px    integer,
  -- why it could not be fetched the last time
  problem      text,
  created_at   timestamptz NOT NULL,
  UNIQUE (product_id, variant, shown_url)
);
CREATE INDEX product_images_variant ON product_images (owner, variant, product_id);

CREATE TABLE image_types (
  image_type_id  uuid PRIMARY KEY,
  owner          text NOT NULL,
  name           text NOT NULL,
  prompt         text NOT NULL,
  created_at     timestamptz NOT NULL,
  UNIQUE (owner, name)
);

CREATE TABLE prompt_templates (
  template_id  uuid PRIMARY KEY,
  owner        text NOT NULL,
  name         text NOT NULL,
  prompt       text NOT NULL,
  created_at   timestamptz NOT NULL,
  UNIQUE (owner, name)
);

-- What each group of a job was made of; products and their images may be gone by now.
CREATE TABLE variant_rows (
  batch_id       uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  group_index    integer NOT NULL,
  product_id     uuid NOT NULL,
  variant        text NOT NULL,
  image_type     text NOT NULL,
  PRIMARY KEY (batch_id, group_index)
);
CREATE INDEX variant_rows_product ON variant_rows (product_id, batch_id DESC);

-- Products of a job's request that have no usable image of the variant.
CREATE TABLE variant_passed_over (
  batch_id    uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  product_id  uuid NOT NULL,
  reason      text NOT NULL,
  PRIMARY KEY (batch_id, product_id)
);
