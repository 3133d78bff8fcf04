-- The name a file was uploaded or found under, from which folders take theirs.
ALTER TABLE artifacts ADD COLUMN name text;
