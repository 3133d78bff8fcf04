package io.kombine.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a command is started in a session of its own, away from the launcher's terminal. */
final class Session {

  private static final List<String> LAUNCHER_VARIABLES =
      List.of("KOMBINE_KAFKA_", "KOMBINE_POSTGRES_", "KOMBINE_DATA_", "KOMBINE_BIND_");

  private Session() {}

  /**
   * The command with what is needed in front of it; the process id stays the command's own, since
   * both ways end in exec.
   */
  static List<String> detached(List<String> command) {
    List<String> whole = new ArrayList<>();
    if (program("setsid").isPresent()) {
      whole.add("setsid");
    } else if (program("perl").isPresent()) {
      // why: macOS has no setsid program, but a perl
      whole.addAll(
          List.of("perl", "-e", "use POSIX qw(setsid); setsid(); exec { $ARGV[0] } @ARGV;"));
    }
    whole.addAll(command);
    return whole;
  }

  /**
   * Whether a variable speaks to the launcher alone and would only confuse a service's own
   * configuration.
   */
  static boolean isLauncherVariable(String name) {
    return LAUNCHER_VARIABLES.stream().anyMatch(name::startsWith)
        || (name.startsWith("KOMBINE_") && name.endsWith("_PORT"));
  }

  static Optional<Path> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
