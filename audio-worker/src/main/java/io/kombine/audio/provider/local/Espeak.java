package io.kombine.audio.provider.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The program espeak-ng. Each text has a process of its own, which ends with the call at the
 * latest. Thread-safe.
 */
final class Espeak {

  /** The Debian package that has the program. */
  static final String PACKAGE = "espeak-ng";

  /** About 25 minutes of speech; more is not kept in memory. */
  static final int MAX_WAV_BYTES = 64 * 1024 * 1024;

  private static final int MAX_COMPLAINT_BYTES = 2_000;

  private final String program;

  /**
   * @param program name on the {@code PATH}, or path
   */
  Espeak(String program) {
    this.program = program;
  }

  /** The program cannot be started on this machine. */
  static final class MissingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    MissingException(String program, IOException cause) {
      super("no " + program, cause);
      this.reason =
          "Speech of local-voice needs the program %s, which cannot be run on the audio-worker's machine; install the package %s there."
              .formatted(program, PACKAGE);
    }

    /** For people. */
    String reason() {
      return reason;
    }
  }

  /** The program does not take this voice or text. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Speaks a text.
   *
   * @param voice as espeak-ng names it, such as {@code en-gb} or {@code de+f3}
   * @return 16-bit mono PCM
   * @throws InterruptedIOException when the thread is interrupted; the process is gone then
   */
  WavFile speak(String text, String voice) throws IOException {
    // why by standard input: a text that begins with a hyphen is no option, and no list of
    // processes shows it
    Process process = start(List.of(program, "-v", voice, "-b", "1", "--stdin", "--stdout"));
    try {
      FutureTask<byte[]> wav = reading(process.getInputStream(), MAX_WAV_BYTES + 1);
      FutureTask<byte[]> complaint = reading(process.getErrorStream(), MAX_COMPLAINT_BYTES);
      FutureTask<Boolean> written = writing(process, text);
      byte[] spoken = wav.get();
      if (spoken.length > MAX_WAV_BYTES) {
        throw new RefusedException(
            "its speech is longer than " + MAX_WAV_BYTES / (1024 * 1024) + " MB");
      }
      String said = new String(complaint.get(), StandardCharsets.UTF_8).strip();
      boolean whole = written.get();
      if (process.waitFor() != 0) {
        throw new RefusedException("espeak-ng ended with " + process.exitValue() + ": " + said);
      }
      if (!whole) {
        throw new IOException("espeak-ng did not read the whole text");
      }
      return WavFile.of(spoken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while speaking");
    } catch (ExecutionException broken) {
      throw new IOException("espeak-ng cannot be talked to", broken.getCause());
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(List<String> command) throws MissingException {
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException missing) {
      throw new MissingException(program, missing);
    }
  }

  /** why a thread each: reading a pipe takes no interrupt, waiting for who reads it does. */
  private static FutureTask<byte[]> reading(InputStream from, int most) {
    FutureTask<byte[]> task =
        new FutureTask<>(() -> {
          ByteArrayOutputStream read = new ByteArrayOutputStream();
          byte[] buffer = new byte[16_384];
          for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            read.write(buffer, 0, Math.min(n, most - read.size()));
            if (read.size() == most) {
              break;
            }
          }
          return read.toByteArray();
        });
    Thread.ofVirtual().name("espeak-read").start(task);
    return task;
  }

  private static FutureTask<Boolean> writing(Process process, String text) {
    FutureTask<Boolean> task =
        new FutureTask<>(() -> {
          try (var in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
            return true;
          } catch (IOException ended) {
            // why no failure of its own: the process ended before, and its exit says why
            return false;
          }
        });
    Thread.ofVirtual().name("espeak-write").start(task);
    return task;
  }
}
