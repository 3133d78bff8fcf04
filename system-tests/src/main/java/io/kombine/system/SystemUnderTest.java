package io.kombine.system;

import io.kombine.local.LocalStack;
import io.kombine.local.LocalStackBuilder;
import io.kombine.local.StackSettings;
import io.kombine.local.client.KombineClient;
import io.kombine.local.process.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A system of its own: a {@link LocalStack} with free ports in its own directory, whose workers
 * keep a journal of their provider calls and have the providers {@code null} and {@code sleep}. It
 * ends with this JVM at the latest. One thread at a time starts, stops and restarts; everything
 * else may be called by any.
 */
public final class SystemUnderTest implements AutoCloseable {

  private final StackSettings settings;
  private final SystemSetup setup;
  private final Consumer<String> report;
  private final LocalStack stack;

  private SystemUnderTest(StackSettings settings, SystemSetup setup, Consumer<String> report) {
    this.settings = settings;
    this.setup = setup;
    this.report = report;
    this.stack = builder(setup).tiedToThisJvm().build();
  }

  /**
   * Starts a system; what an earlier one has left in its directory is thrown away.
   *
   * @param home its directory
   * @param report takes lines about its start and end
   */
  public static SystemUnderTest start(Path home, SystemSetup setup, Consumer<String> report) {
    delete(home);
    SystemUnderTest system =
        new SystemUnderTest(
            StackSettings.isolated(StackSettings.rootAbove(Path.of("")), home), setup, report);
    system.stack.start();
    return system;
  }

  public LocalStack stack() {
    return stack;
  }

  /** A client of the (first) gateway, for the caller to close. */
  public KombineClient client() {
    return new KombineClient(stack.baseUrl());
  }

  /** A client of one of several gateways, for the caller to close. */
  public KombineClient client(String gateway) {
    return new KombineClient(stack.url(gateway));
  }

  public URI baseUrl() {
    return stack.baseUrl();
  }

  /** Every provider call of every worker process so far. */
  public ProviderCalls calls() {
    return ProviderCalls.in(journal());
  }

  /** Where the folder trees are delivered to. */
  public Path drive() {
    return stack.directories().drive();
  }

  /**
   * Restarts single processes with other properties; the next {@link #start} of the whole, or this
   * with the first setup, brings theirs back. Only for services of one process.
   */
  public void restartWith(SystemSetup other, List<String> services) {
    LocalStack same = builder(other).build();
    services.forEach(same::restart);
  }

  /** The setup it was started with. */
  public SystemSetup setup() {
    return setup;
  }

  /** Stops it and throws away its data; logs and journals stay. */
  @Override
  public void close() {
    stack.stop();
    for (Path data :
        List.of(
            stack.directories().kafka(),
            stack.directories().postgres(),
            stack.directories().artifacts(),
            stack.directories().drive())) {
      delete(data);
    }
  }

  private LocalStackBuilder builder(SystemSetup wanted) {
    LocalStackBuilder builder = LocalStack.builder(settings).report(report);
    wanted.replicas().forEach(builder::replicas);
    builder.properties("batch-api", Map.of("kombine.bench.enabled", "true"));
    for (String worker : List.of("i2i-worker", "i2v-worker", "audio-worker")) {
      builder.properties(
          worker,
          Map.of(
              "kombine.bench-providers.enabled",
              "true",
              "kombine.provider-journal.directory",
              journal().toString()));
    }
    wanted.properties().forEach(builder::properties);
    wanted.environment().forEach(builder::environment);
    return builder;
  }

  private Path journal() {
    return settings.home().toAbsolutePath().resolve("calls");
  }

  private static void delete(Path directory) {
    try {
      FileTrees.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
