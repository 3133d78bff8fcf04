package io.kombine.system.bench;

import java.util.Arrays;

/** Main class: runs a benchmark by its name, {@code fanout-chain} where none is given. */
public final class BenchCommand {

  private static final String FANOUT_CHAIN = "fanout-chain";
  private static final String SLIDESHOW = "slideshow";

  private BenchCommand() {}

  public static void main(String[] arguments) throws Exception {
    String name = arguments.length == 0 ? FANOUT_CHAIN : arguments[0];
    String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
    switch (name) {
      case FANOUT_CHAIN -> FanoutChainBenchmark.main(rest);
      case SLIDESHOW -> SlideshowBenchmark.main(rest);
      default -> {
        System.err.printf(
            "There is no benchmark %s; there are %s and %s.%n", name, FANOUT_CHAIN, SLIDESHOW);
        System.exit(2);
      }
    }
  }
}
