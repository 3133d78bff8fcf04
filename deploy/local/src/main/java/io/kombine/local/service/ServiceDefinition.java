package io.kombine.local.service;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One of Kombine's services: what to run and what it has to be told.
 *
 * @param name name of its module and of its process
 * @param defaultPort HTTP port unless chosen otherwise
 * @param heapMegabytes most Java heap a process of it takes
 * @param needs what it is configured with
 */
public record ServiceDefinition(String name, int defaultPort, int heapMegabytes, Set<Need> needs) {

  /** A part of the stack that a service works with. */
  public enum Need {
    KAFKA,
    POSTGRES,
    ARTIFACTS,
    DRIVE,
    BATCH_API
  }

  /** All services of the stack, in the order in which they are shown. */
  public static final List<ServiceDefinition> ALL =
      List.of(
          new ServiceDefinition("gateway", 8080, 256, EnumSet.of(Need.KAFKA, Need.BATCH_API)),
          new ServiceDefinition(
              "batch-api", 8081, 512, EnumSet.of(Need.KAFKA, Need.POSTGRES, Need.ARTIFACTS)),
          new ServiceDefinition(
              "i2i-worker", 8082, 768, EnumSet.of(Need.KAFKA, Need.POSTGRES, Need.ARTIFACTS)),
          new ServiceDefinition(
              "i2v-worker", 8083, 768, EnumSet.of(Need.KAFKA, Need.POSTGRES, Need.ARTIFACTS)),
          new ServiceDefinition(
              "audio-worker", 8085, 256, EnumSet.of(Need.KAFKA, Need.POSTGRES, Need.ARTIFACTS)),
          new ServiceDefinition(
              "drive-uploader",
              8084,
              256,
              EnumSet.of(Need.KAFKA, Need.POSTGRES, Need.ARTIFACTS, Need.DRIVE)));

  public ServiceDefinition {
    needs = Set.copyOf(needs);
  }

  /**
   * Environment variable that chooses its port, {@code KOMBINE_BATCH_API_PORT} for {@code
   * batch-api}.
   */
  public String portVariable() {
    return "KOMBINE_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_PORT";
  }

  /** The executable jar that the build leaves, below the project's root directory. */
  public Path jar(Path root) {
    return root.resolve(name).resolve("target").resolve(name + "-0.1.0-SNAPSHOT-app.jar");
  }
}
