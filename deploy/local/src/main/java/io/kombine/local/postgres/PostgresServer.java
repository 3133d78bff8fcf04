package io.kombine.local.postgres;

import io.kombine.local.process.Launch;
import io.kombine.local.process.Ports;
import io.kombine.local.process.Program;
import io.kombine.local.process.Signal;
import io.kombine.local.process.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A PostgreSQL server on the loopback address, with its data in one directory.
 *
 * <p>Listens on TCP only. A server that was killed leaves a lock file behind; the next start sees
 * that its process is gone and recovers.
 */
public final class PostgresServer implements Program {

  public static final String USER = "kombine";
  public static final String PASSWORD = "kombine";

  private static final Duration READY_WITHIN = Duration.ofSeconds(120);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
  private static final int READY_LINE = 7;

  private final int port;
  private final Path binariesParent;
  private final Path data;
  private final Path logs;
  private final boolean durable;

  /**
   * @param port TCP port on the loopback address
   * @param binariesParent directory where the programs are kept unpacked; may be shared by many
   *     servers
   * @param data the server's own directory; created and initialised when empty
   * @param logs directory for its logs, one file per day of the week
   * @param durable whether commits survive a crash of the machine; {@code false} only for data that
   *     a test throws away
   */
  public PostgresServer(int port, Path binariesParent, Path data, Path logs, boolean durable) {
    this.port = port;
    this.binariesParent = binariesParent.toAbsolutePath();
    this.data = data.toAbsolutePath();
    this.logs = logs.toAbsolutePath();
    this.durable = durable;
  }

  /**
   * Makes a database of that name unless it is there already. The server must be ready.
   *
   * @param database letters, digits and underscores
   */
  public void createDatabase(String database) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, PASSWORD);
        PreparedStatement look =
            connection.prepareStatement("select 1 from pg_database where datname = ?");
        Statement create = connection.createStatement()) {
      look.setString(1, database);
      try (ResultSet found = look.executeQuery()) {
        if (!found.next()) {
          create.execute("create database " + database);
        }
      }
    } catch (SQLException e) {
      throw new StackException(
          "PostgreSQL did not make the database %s: %s".formatted(database, e.getMessage()), e);
    }
  }

  /** JDBC URL of a database of this server, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String portVariable() {
    return "KOMBINE_POSTGRES_PORT";
  }

  @Override
  public Launch prepare() throws IOException {
    Path installation = PostgresBinaries.unpackedIn(binariesParent);
    PostgresUser user = PostgresUser.current();
    Files.createDirectories(logs);
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialise(installation, user);
    }
    List<String> server = new ArrayList<>();
    server.add(installation.resolve("bin/postgres").toString());
    server.addAll(List.of("-D", data.toString()));
    settings().forEach((key, value) -> server.addAll(List.of("-c", key + "=" + value)));
    return new Launch(
        user.command(server, data),
        Map.of("LC_ALL", "C", "TZ", "UTC"),
        data,
        logs.resolve("postgres.console.log"));
  }

  private Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("port", Integer.toString(port)),
        Map.entry("listen_addresses", "127.0.0.1"),
        Map.entry("unix_socket_directories", ""),
        Map.entry("max_connections", "200"),
        Map.entry("fsync", durable ? "on" : "off"),
        Map.entry("full_page_writes", durable ? "on" : "off"),
        Map.entry("synchronous_commit", durable ? "on" : "off"),
        Map.entry("shared_buffers", "128MB"),
        Map.entry("max_wal_size", "1GB"),
        Map.entry("timezone", "UTC"),
        Map.entry("log_timezone", "UTC"),
        Map.entry("log_checkpoints", "off"),
        // why: the log is bounded by one file for each day of the week, emptied when its day comes
        // again
        Map.entry("logging_collector", "on"),
        Map.entry("log_directory", "log"),
        Map.entry("log_filename", "postgres-%a.log"),
        Map.entry("log_rotation_age", "1d"),
        Map.entry("log_truncate_on_rotation", "on"));
  }

  private void initialise(Path installation, PostgresUser user) throws IOException {
    Files.createDirectories(data);
    user.own(data);
    Path password = Files.createTempFile("kombine", ".pw");
    try {
      Files.writeString(password, PASSWORD + "\n");
      user.own(password);
      List<String> initdb =
          List.of(
              installation.resolve("bin/initdb").toString(),
              "--pgdata=" + data,
              "--username=" + USER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--no-sync");
      run(user.command(initdb, data));
    } finally {
      Files.deleteIfExists(password);
    }
  }

  private void run(List<String> command) throws IOException {
    Path output = logs.resolve("initdb.log");
    Process process =
        new ProcessBuilder(command)
            .directory(data.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new StackException(
            "The PostgreSQL database in %s could not be initialised: %s"
                .formatted(data, Files.readString(output).strip()));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while PostgreSQL was initialised", e);
    }
  }

  /**
   * Ready as PostgreSQL's own {@code pg_ctl} sees it: by the state that the server writes into its
   * lock file.
   */
  @Override
  public boolean isReady() {
    // why the port first: a killed server leaves its file behind, saying ready; a new one replaces
    // it before it listens
    if (!Ports.accepts(port)) {
      return false;
    }
    try {
      List<String> lines =
          Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.US_ASCII);
      return lines.size() > READY_LINE && lines.get(READY_LINE).startsWith("ready");
    } catch (IOException e) {
      // why false: the file appears while the server starts
      return false;
    }
  }

  @Override
  public Duration readyWithin() {
    return READY_WITHIN;
  }

  /** INT: PostgreSQL's fast shutdown. TERM would wait for every client to leave. */
  @Override
  public Signal stopSignal() {
    return Signal.INT;
  }

  @Override
  public Duration stopWithin() {
    return STOP_WITHIN;
  }

  @Override
  public Path log() {
    String day =
        LocalDate.now(ZoneOffset.UTC).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT);
    return data.resolve("log").resolve("postgres-" + day + ".log");
  }
}
