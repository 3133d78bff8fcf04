package io.kombine.worker.provider;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether every provider call is written down.
 *
 * @param directory where each process keeps its file of calls, created where missing; absent, the
 *     default, means that none is kept. Files grow by two lines a call without bound: for tests and
 *     investigations
 */
@ConfigurationProperties("kombine.provider-journal")
record ProviderJournalProperties(@Nullable Path directory) {}
