package io.kombine.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What providers were asked to do, as written down inside them by the workers' journals. */
public record ProviderCalls(List<Call> calls) {

  /**
   * One call.
   *
   * @param kind {@code i2i} or {@code i2v}
   * @param worker the process that made it
   * @param end null while it runs, and where its process was killed
   */
  public record Call(
      UUID stepId, int epoch, String kind, String worker, Instant begin, @Nullable Instant end) {

    private Call ended(Instant at) {
      return new Call(stepId, epoch, kind, worker, begin, at);
    }
  }

  private record Moment(Instant at, int change) {}

  public ProviderCalls {
    calls = List.copyOf(calls);
  }

  /** Reads all journals of a directory; a line that is being written is left out. */
  static ProviderCalls in(Path directory) {
    List<Call> calls = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return new ProviderCalls(calls);
    }
    try (Stream<Path> journals = Files.list(directory)) {
      for (Path journal : journals.sorted().toList()) {
        calls.addAll(read(Files.readString(journal)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    calls.sort(Comparator.comparing(Call::begin));
    return new ProviderCalls(calls);
  }

  private static List<Call> read(String journal) {
    Map<String, Call> open = new HashMap<>();
    List<Call> calls = new ArrayList<>();
    String whole = journal.substring(0, journal.lastIndexOf('\n') + 1);
    whole
        .lines()
        .forEach(line -> {
          // begin|end, step, epoch, kind, worker, milliseconds
          String[] words = line.split(" ", -1);
          String key = words[1] + " " + words[2];
          Instant at = Instant.ofEpochMilli(Long.parseLong(words[5]));
          if (words[0].equals("begin")) {
            open.put(
                key,
                new Call(
                    UUID.fromString(words[1]),
                    Integer.parseInt(words[2]),
                    words[3],
                    words[4],
                    at,
                    null));
          } else {
            Call begun = open.remove(key);
            if (begun == null) {
              throw new IllegalStateException("A call ended that never began: " + line);
            }
            calls.add(begun.ended(at));
          }
        });
    calls.addAll(open.values());
    return calls;
  }

  /** Those of one kind. */
  public ProviderCalls of(String kind) {
    return new ProviderCalls(calls.stream().filter(call -> call.kind().equals(kind)).toList());
  }

  /** Those that began after a moment. */
  public ProviderCalls begunAfter(Instant moment) {
    return new ProviderCalls(calls.stream().filter(call -> call.begin().isAfter(moment)).toList());
  }

  /** How often each step was called. */
  public Map<UUID, Long> bySteps() {
    Map<UUID, Long> counts = new HashMap<>();
    calls.forEach(call -> counts.merge(call.stepId(), 1L, Long::sum));
    return counts;
  }

  /**
   * The most calls that ran at one moment; one without an end runs to the end of time, and one that
   * ends in the millisecond in which another begins does not run together with it.
   */
  public int mostAtOnce() {
    List<Moment> moments = new ArrayList<>();
    for (Call call : calls) {
      moments.add(new Moment(call.begin(), 1));
      if (call.end() != null) {
        moments.add(new Moment(call.end(), -1));
      }
    }
    moments.sort(Comparator.comparing(Moment::at).thenComparing(Moment::change));
    int running = 0;
    int most = 0;
    for (Moment moment : moments) {
      running += moment.change();
      most = Math.max(most, running);
    }
    return most;
  }
}
