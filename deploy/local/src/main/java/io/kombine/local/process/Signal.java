package io.kombine.local.process;

import java.io.IOException;

/** POSIX signals that the stack sends to its processes. */
public enum Signal {
  TERM,
  INT,
  KILL,
  STOP,
  CONT;

  /**
   * Sends this signal to a process. Nothing happens when the process has ended meanwhile.
   *
   * <p>why the shell: Java can send TERM and KILL only, and every POSIX shell has {@code kill}
   * built in, where a program of that name may be missing.
   */
  void sendTo(long pid) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new StackException("No signal can be sent, because no shell (sh) could be started.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
