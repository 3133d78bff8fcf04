package io.kombine.worker.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashPointTests {

  @TempDir Path directory;

  private Path order;

  @BeforeEach
  void names() {
    order = directory.resolve("order");
  }

  /** Passes two boundaries in a process of its own. */
  static final class Passing {
    private Passing() {}

    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("hook")));
      CrashPoint.STEP_RESERVED.reached("a step");
      System.err.println("reserved");
      CrashPoint.CALL_BEGUN.reached("a step");
      System.err.println("called");
    }
  }

  @Test
  void withoutThePropertyNothingIsEverTaken() throws Exception {
    Files.writeString(order, "STEP_RESERVED");

    Run run = run(List.of());

    assertThat(run.output()).containsExactly("reserved", "called", "hook");
    assertThat(run.exitCode()).isZero();
    assertThat(order).exists();
  }

  @Test
  void orderedBoundaryEndsTheProcessAtOnceAndTheNextOneGoesOn() throws Exception {
    Files.writeString(order, "CALL_BEGUN\n");
    List<String> told = List.of("-D" + CrashOrder.PROPERTY + "=" + order);

    Run first = run(told);
    Run second = run(told);

    assertThat(first.output())
        .containsSequence("reserved", "Halting at CALL_BEGUN of a step")
        .doesNotContain("called", "hook");
    assertThat(first.exitCode()).isEqualTo(CrashPoint.EXIT_CODE);
    assertThat(order).doesNotExist();
    assertThat(second.output()).contains("reserved", "called", "hook");
    assertThat(second.exitCode()).isZero();
  }

  @Test
  void orderOfAnotherBoundaryOrOfNoneIsLeft() throws Exception {
    Files.writeString(order, "STEP_SETTLED");

    assertThat(new CrashOrder(order).take(CrashPoint.STEP_RESERVED)).isFalse();
    assertThat(order).exists();
    Files.writeString(order, "");
    assertThat(new CrashOrder(order).take(CrashPoint.STEP_RESERVED)).isFalse();
    assertThat(order).exists();
  }

  @Test
  void ofManyThreadsOneObeys() throws Exception {
    Files.writeString(order, "STEP_RESERVED");
    CrashOrder shared = new CrashOrder(order);

    long taken =
        IntStream.range(0, 200)
            .parallel()
            .filter(i -> shared.take(CrashPoint.STEP_RESERVED))
            .count();

    assertThat(taken).isOne();
  }

  private record Run(List<String> output, int exitCode) {}

  private static Run run(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Passing.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> output = process.inputReader().readAllLines();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(output, process.exitValue());
  }
}
