-- A batch's control is deleted from batch.control a week after the batch has ended.
ALTER TABLE batches ADD COLUMN control_forgotten boolean NOT NULL DEFAULT false;
CREATE INDEX batches_control_to_forget ON batches (finished_at)
  WHERE control_sequence > 0 AND NOT control_forgotten AND finished_at IS NOT NULL;
