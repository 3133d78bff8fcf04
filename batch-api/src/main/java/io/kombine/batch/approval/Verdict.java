package io.kombine.batch.approval;

/** What a person says to a step that waits for it. */
public enum Verdict {
  APPROVE,
  REJECT
}
