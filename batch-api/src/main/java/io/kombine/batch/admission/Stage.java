package io.kombine.batch.admission;

import io.kombine.contracts.StepKind;

/** What has a window of its own: the steps of one kind on one account. */
record Stage(StepKind kind, String account) {}
