package io.kombine.system.soak.drive;

import io.kombine.local.LocalStack;
import io.kombine.local.LocalStackBuilder;
import io.kombine.local.StackSettings;
import io.kombine.local.process.FileTrees;
import io.kombine.local.process.StackException;
import io.kombine.system.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A whole system to be killed, with two processes of each worker, gateway and batch-api, and the
 * providers' simulator in this JVM, which is never killed and so can be the auditor. Leases,
 * sessions and timeouts are short, so that what follows a kill can be seen soon. Ends with this JVM
 * at the latest.
 */
public final class SoakSystem implements AutoCloseable {

  /** After so long of silence another worker takes a step over. */
  static final Duration LEASE = Duration.ofSeconds(3);

  /** After so long of silence the broker gives a consumer's partitions to others. */
  static final Duration SESSION = Duration.ofSeconds(6);

  private static final int MOST_STARTS = 3;

  private static final String GATEWAY = "gateway";
  private static final String BATCH_API = "batch-api";
  private static final String IMAGES = "i2i-worker";
  private static final String VIDEOS = "i2v-worker";
  private static final String UPLOADER = "drive-uploader";

  private final LocalStack stack;
  private final Simulator simulator;

  private SoakSystem(LocalStack stack, Simulator simulator) {
    this.stack = stack;
    this.simulator = simulator;
  }

  /**
   * Starts one; what an earlier one has left in the directory is thrown away.
   *
   * @param home its directory
   * @param report takes lines about its start and end
   */
  public static SoakSystem start(Path home, Consumer<String> report) throws IOException {
    FileTrees.delete(home);
    Simulator simulator = Simulator.start(Bounds.simulator());
    StackSettings settings = StackSettings.isolated(StackSettings.rootAbove(Path.of("")), home);
    LocalStack stack = builder(settings, simulator.baseUrl()).report(report).build();
    SoakSystem system = new SoakSystem(stack, simulator);
    try {
      startPatiently(stack, report);
    } catch (RuntimeException e) {
      simulator.close();
      throw e;
    }
    return system;
  }

  /** why again: a machine that has much else to do does not start a broker in its time. */
  private static void startPatiently(LocalStack stack, Consumer<String> report) {
    for (int starts = 1; ; starts++) {
      try {
        stack.start();
        return;
      } catch (StackException e) {
        report.accept("Start %d: %s".formatted(starts, e.getMessage()));
        if (starts == MOST_STARTS) {
          throw e;
        }
      }
    }
  }

  private static LocalStackBuilder builder(StackSettings settings, URI provider) {
    LocalStackBuilder builder =
        LocalStack.builder(settings)
            .replicas(GATEWAY, 2)
            .replicas(BATCH_API, 2)
            .replicas(IMAGES, 2)
            .replicas(VIDEOS, 2)
            // why none: pipelines have no speech
            .replicas("audio-worker", 0)
            .tiedToThisJvm();
    for (String service : List.of(BATCH_API, IMAGES, VIDEOS, UPLOADER)) {
      builder.properties(service, stages());
      builder.properties(service, session());
    }
    builder.properties(BATCH_API, batchApi());
    builder.properties(IMAGES, worker());
    builder.properties(VIDEOS, worker());
    builder.properties(
        IMAGES,
        Map.of(
            "kombine.providers.openai.openai.api-key", "sk-soak",
            "kombine.providers.openai.openai.base-url", provider + "/v1",
            "kombine.providers.openai.openai.connect-timeout", "2s",
            "kombine.providers.openai.openai.timeout", "10s"));
    builder.properties(
        VIDEOS,
        Map.of(
            "kombine.providers.kling.kling.api-key", "soak",
            "kombine.providers.kling.kling.base-url", provider.toString(),
            "kombine.providers.kling.kling.connect-timeout", "2s",
            "kombine.providers.kling.kling.request-timeout", "5s",
            "kombine.providers.kling.kling.poll-interval", "300ms",
            "kombine.providers.kling.kling.timeout", "10s"));
    return builder;
  }

  private static Map<String, String> stages() {
    return Map.of(
        "kombine.stages.i2i.partitions", Integer.toString(Bounds.IMAGES.cap()),
        "kombine.stages.i2v.partitions", Integer.toString(Bounds.VIDEOS.cap()));
  }

  private static Map<String, String> session() {
    return Map.of(
        "spring.kafka.consumer.properties.[session.timeout.ms]",
        Long.toString(SESSION.toMillis()),
        "spring.kafka.consumer.properties.[heartbeat.interval.ms]",
        Long.toString(SESSION.toMillis() / 3));
  }

  private static Map<String, String> batchApi() {
    return Map.of(
        "kombine.openai.enabled", "true",
        "kombine.kling.enabled", "true",
        // why so small: pictures are made and looked at by machines that have other things to do
        "kombine.models.catalog[gpt-image-2.5-flare].sizes", "320x320",
        "kombine.admission.lease", "3s",
        "kombine.admission.silence-limit", "8s");
  }

  private static Map<String, String> worker() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("kombine.claims.lease", LEASE.toSeconds() + "s");
    properties.put("kombine.consume.max-retry-pause", "5s");
    properties.put("kombine.account-breaker.first-pause", "2s");
    properties.put("kombine.account-breaker.longest-pause", "10s");
    for (Bounds bounds : Bounds.ALL) {
      String account = "kombine.accounts." + bounds.account() + ".";
      properties.put(account + "requests-per-window", Integer.toString(bounds.requests()));
      properties.put(account + "window", Bounds.WINDOW.toSeconds() + "s");
      properties.put(account + "margin", Bounds.MARGIN.toSeconds() + "s");
      properties.put(account + "concurrent-calls", Integer.toString(bounds.concurrency()));
    }
    return properties;
  }

  LocalStack stack() {
    return stack;
  }

  Simulator simulator() {
    return simulator;
  }

  /** Names of the gateways' processes. */
  List<String> gateways() {
    return named(GATEWAY);
  }

  /** Names of the processes that are asked for a batch's status. */
  List<String> informants() {
    return stack.services().stream()
        .map(process -> process.name())
        .filter(name -> name.startsWith(GATEWAY) || name.startsWith(BATCH_API))
        .toList();
  }

  private List<String> named(String service) {
    return stack.services().stream()
        .map(process -> process.name())
        .filter(name -> name.startsWith(service))
        .toList();
  }

  /** Names of all processes. */
  public List<String> processes() {
    return stack.processes().stream().map(process -> process.name()).toList();
  }

  /**
   * Names of the processes that may be paused: all but PostgreSQL, whose sessions are processes of
   * their own and would go on.
   */
  public List<String> pausable() {
    return processes().stream().filter(name -> !name.equals("postgres")).toList();
  }

  /** What a pause has to outlast: the lease of a claim and the session of a consumer. */
  public static Duration longestSilence() {
    return LEASE.compareTo(SESSION) > 0 ? LEASE : SESSION;
  }

  /** Where its logs are. */
  public Path logs() {
    return stack.directories().logs();
  }

  /** Kills it; logs stay and data, too, for who wants to look at it. */
  @Override
  public void close() {
    stack.kill();
    stack.stop();
    simulator.close();
  }
}
