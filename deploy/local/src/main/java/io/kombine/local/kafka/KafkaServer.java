package io.kombine.local.kafka;

import io.kombine.local.process.JavaProgram;
import io.kombine.local.process.Launch;
import io.kombine.local.process.Ports;
import io.kombine.local.process.Program;
import io.kombine.local.process.Signal;
import io.kombine.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * One Kafka broker that is its own KRaft controller, on the loopback address, with its data in one
 * directory.
 *
 * <p>Topics are not created on first use and keep their records without limit unless they say
 * otherwise.
 */
public final class KafkaServer implements Program {

  private static final Duration READY_WITHIN = Duration.ofSeconds(120);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
  private static final int PROBE_MILLIS = 1_000;

  private final int port;
  private final int controllerPort;
  private final Path directory;
  private final Path logs;

  /**
   * @param port TCP port for clients, on the loopback address
   * @param controllerPort TCP port on which the broker speaks to itself as controller
   * @param directory the broker's own directory; created and formatted when empty
   * @param logs directory for its logs, of bounded size
   */
  public KafkaServer(int port, int controllerPort, Path directory, Path logs) {
    this.port = port;
    this.controllerPort = controllerPort;
    this.directory = directory.toAbsolutePath();
    this.logs = logs.toAbsolutePath();
  }

  public String bootstrapServers() {
    return "localhost:" + port;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String portVariable() {
    return "KOMBINE_KAFKA_PORT";
  }

  @Override
  public Launch prepare() throws IOException {
    if (Ports.isTaken(controllerPort)) {
      throw new StackException(
          "Port %d, on which kafka speaks to itself, is taken by another program; free it or set KOMBINE_KAFKA_CONTROLLER_PORT to another port."
              .formatted(controllerPort));
    }
    Files.createDirectories(directory.resolve("data"));
    Files.createDirectories(logs);
    Path configuration = directory.resolve("server.properties");
    Files.writeString(configuration, configuration());
    Path logging = directory.resolve("logback.xml");
    Files.writeString(logging, logging());
    List<String> command = new ArrayList<>();
    command.add(JavaProgram.executable());
    command.addAll(
        List.of(
            "-Xms128m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=" + logging));
    command.addAll(
        List.of(
            "-cp", JavaProgram.classPath(), KafkaBroker.class.getName(), configuration.toString()));
    return new Launch(command, Map.of(), directory, logs.resolve("kafka.console.log"));
  }

  private String configuration() {
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@127.0.0.1:%2$d
    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
    advertised.listeners=PLAINTEXT://localhost:%1$d
    controller.listener.names=CONTROLLER
    listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
    log.dirs=%3$s
    auto.create.topics.enable=false
    log.retention.ms=-1
    offsets.topic.replication.factor=1
    offsets.topic.num.partitions=8
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    transaction.state.log.num.partitions=4
    share.coordinator.state.topic.replication.factor=1
    share.coordinator.state.topic.min.isr=1
    group.initial.rebalance.delay.ms=100
    """
        .formatted(port, controllerPort, directory.resolve("data"));
  }

  private String logging() {
    return """
    <configuration>
      <appender name="FILE" class="ch.qos.logback.core.rolling.RollingFileAppender">
        <file>%1$s</file>
        <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
          <fileNamePattern>%1$s.%%i</fileNamePattern>
          <maxIndex>2</maxIndex>
        </rollingPolicy>
        <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy">
          <maxFileSize>10MB</maxFileSize>
        </triggeringPolicy>
        <encoder><pattern>%%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %%-5level %%logger{0} %%msg%%n</pattern></encoder>
      </appender>
      <logger name="org.apache.kafka.common.config.AbstractConfig" level="WARN"/>
      <logger name="kafka.server.KafkaConfig" level="WARN"/>
      <root level="INFO"><appender-ref ref="FILE"/></root>
    </configuration>
    """
        .formatted(log());
  }

  @Override
  public boolean isReady() {
    return Ports.accepts(port) && answers(bootstrapServers(), PROBE_MILLIS);
  }

  /** Whether a broker at the address answers a client within the time. */
  public static boolean answers(String bootstrapServers, int withinMillis) {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, withinMillis,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, withinMillis))) {
      return !admin.describeCluster().nodes().get(withinMillis, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      // why false: a broker that is still starting, or none, is what the question is about
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    return logs.resolve("kafka.log");
  }
}
