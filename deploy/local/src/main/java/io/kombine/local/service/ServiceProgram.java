package io.kombine.local.service;

import io.kombine.local.process.JavaProgram;
import io.kombine.local.process.Launch;
import io.kombine.local.process.Program;
import io.kombine.local.process.Signal;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One process of a service. */
public final class ServiceProgram implements Program {

  private static final Duration READY_WITHIN = Duration.ofSeconds(300);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(45);
  private static final int PROBE_MILLIS = 1_000;
  private static final int HTTP_OK = 200;

  private final ServiceDefinition service;
  private final String name;
  private final int port;
  private final Path jar;
  private final Path logs;
  private final boolean keepsArchive;
  private final Map<String, String> environment;
  private final Map<String, String> properties;

  /**
   * @param name name of this process; differs from the service's when it has several
   * @param port its HTTP port
   * @param jar the service's executable jar
   * @param logs directory for its logs, of bounded size
   * @param keepsArchive whether the process, at its end, writes an archive of its classes that
   *     makes later starts faster
   * @param environment what it is configured with, beyond port and logging
   * @param properties Spring properties that win over the environment
   */
  public ServiceProgram(
      ServiceDefinition service,
      String name,
      int port,
      Path jar,
      Path logs,
      boolean keepsArchive,
      Map<String, String> environment,
      Map<String, String> properties) {
    this.service = service;
    this.name = name;
    this.port = port;
    this.jar = jar;
    this.logs = logs.toAbsolutePath();
    this.keepsArchive = keepsArchive;
    this.environment = Map.copyOf(environment);
    this.properties = Map.copyOf(properties);
  }

  @Override
  public String name() {
    return name;
  }

  /** Takes the service's jar apart, so that a later {@link #prepare()} is quick. */
  public void unpack() throws IOException {
    new ExecutableJar(jar).directory();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String portVariable() {
    return service.portVariable();
  }

  @Override
  public Launch prepare() throws IOException {
    Files.createDirectories(logs);
    Path directory = new ExecutableJar(jar).directory();
    List<String> command = new ArrayList<>();
    command.add(JavaProgram.executable());
    command.add("-Xmx" + service.heapMegabytes() + "m");
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            // why: eight programs that start at once on few cores spend half of it in the second
            // compiler, and a local stack seldom lives long enough to earn that back
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(archiveOptions(directory.resolve(service.name() + ".jsa")));
    command.addAll(List.of("-jar", directory.resolve(jar.getFileName()).toString()));
    properties.forEach((key, value) -> command.add("--" + key + "=" + value));
    Map<String, String> all = new HashMap<>(logging());
    all.put("SERVER_PORT", Integer.toString(port));
    all.put("SPRING_MAIN_BANNERMODE", "off");
    all.putAll(environment);
    return new Launch(command, all, directory, logs.resolve(name + ".console.log"));
  }

  private List<String> archiveOptions(Path archive) {
    if (keepsArchive) {
      return List.of(
          "-XX:+AutoCreateSharedArchive",
          "-XX:SharedArchiveFile=" + archive,
          "-Xlog:cds=off",
          "-Xlog:cds+dynamic=off");
    }
    return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
  }

  private Map<String, String> logging() {
    return Map.of(
        "LOGGING_FILE_NAME", log().toString(),
        "LOGGING_THRESHOLD_CONSOLE", "OFF",
        "LOGGING_LOGBACK_ROLLINGPOLICY_MAXFILESIZE", "10MB",
        "LOGGING_LOGBACK_ROLLINGPOLICY_MAXHISTORY", "7",
        "LOGGING_LOGBACK_ROLLINGPOLICY_TOTALSIZECAP", "50MB");
  }

  @Override
  public boolean isReady() {
    try {
      HttpURLConnection request =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(port))
                  .toURL()
                  .openConnection();
      request.setConnectTimeout(PROBE_MILLIS);
      request.setReadTimeout(PROBE_MILLIS);
      try {
        return request.getResponseCode() == HTTP_OK;
      } finally {
        request.disconnect();
      }
    } catch (IOException e) {
      // why false: it does not listen or answer yet
      return false;
    }
  }

  @Override
  public Duration readyWithin() {
    return READY_WITHIN;
  }

  @Override
  public Signal stopSignal() {
    return Signal.TERM;
  }

  @Override
  public Duration stopWithin() {
    return STOP_WITHIN;
  }

  @Override
  public Path log() {
    return logs.resolve(name + ".log");
  }
}
