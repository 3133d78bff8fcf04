package io.kombine.local.postgres;

import io.kombine.local.process.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The operating-system user that PostgreSQL's programs run as.
 *
 * <p>PostgreSQL refuses to run as root; then an unprivileged user that every system has takes its
 * place. Where that user may not pass through a folder on the way to the data (such as root's
 * home), the programs keep the one privilege of passing through.
 */
sealed interface PostgresUser {

  /** The user that this JVM runs as, or its unprivileged stand-in when that is root. */
  static PostgresUser current() throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new Same();
    }
    for (String name : List.of("postgres", "nobody")) {
      String group = output("id", "-g", name);
      if (!group.isEmpty()) {
        return new Other(name, group);
      }
    }
    throw new StackException(
        "PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody; run as another user or set KOMBINE_POSTGRES_URL.");
  }

  /** Makes an existing directory the user's own, closed to all others. */
  void own(Path directory) throws IOException;

  /**
   * The command as this user runs it.
   *
   * @param reached what the user must be able to reach
   */
  List<String> command(List<String> command, Path reached) throws IOException;

  /** The user of this JVM. */
  record Same() implements PostgresUser {
    @Override
    public void own(Path directory) throws IOException {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    @Override
    public List<String> command(List<String> command, Path reached) {
      return command;
    }
  }

  /** An unprivileged user whom root becomes for PostgreSQL. */
  record Other(String name, String group) implements PostgresUser {

    @Override
    public void own(Path directory) throws IOException {
      Files.setOwner(
          directory,
          directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    @Override
    public List<String> command(List<String> command, Path reached) throws IOException {
      List<String> plain = become(List.of());
      if (!reaches(plain, reached)) {
        plain = become(List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
        if (!reaches(plain, reached)) {
          throw new StackException(
              "User %s, who runs PostgreSQL for root, cannot reach %s; set KOMBINE_DATA_DIRECTORY to a folder that everybody may pass into."
                  .formatted(name, reached));
        }
      }
      List<String> whole = new ArrayList<>(plain);
      whole.addAll(command);
      return whole;
    }

    private List<String> become(List<String> privileges) {
      List<String> command = new ArrayList<>();
      command.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + group, "--clear-groups"));
      command.addAll(privileges);
      return command;
    }

    private static boolean reaches(List<String> asUser, Path reached) throws IOException {
      List<String> look = new ArrayList<>(asUser);
      look.addAll(List.of("ls", "-d", reached.resolve(".").toString()));
      return !output(look.toArray(String[]::new)).isEmpty();
    }
  }

  private static String output(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while " + command[0] + " ran", e);
    }
    return process.exitValue() == 0 ? output : "";
  }
}
