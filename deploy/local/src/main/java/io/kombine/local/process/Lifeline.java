package io.kombine.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends the processes of a run directory when this JVM ends in whatever way, {@code kill -9}
 * included.
 *
 * <p>A small shell holds the other end of a pipe; the pipe breaks with the JVM, and the shell kills
 * what the run directory still names. A stack that has been stopped in order leaves no names, so
 * nothing is killed then.
 */
public final class Lifeline {

  private static final String SCRIPT =
      """
      cat >/dev/null
      for f in "$0"/*.pid; do
        [ -e "$f" ] || continue
        pid=$(sed -n 's/^pid=//p' "$f")
        [ -n "$pid" ] && kill -9 "$pid" 2>/dev/null
      done
      """;

  private Lifeline() {}

  /** Ties the processes noted in {@code runDirectory}, now or later, to the life of this JVM. */
  public static void tie(Path runDirectory) {
    try {
      // why a session of its own: a Ctrl-C for the JVM's process group must not end the shell
      // before it has done its work
      new ProcessBuilder(Session.detached(List.of("sh", "-c", SCRIPT, runDirectory.toString())))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("No shell (sh) could be started.", e);
    }
  }
}
