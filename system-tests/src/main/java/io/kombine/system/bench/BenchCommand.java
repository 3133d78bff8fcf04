package io.kombine.system.bench;

import java.util.Arrays;

/** Main class: runs a benchmark by its name, {@code fanout-chain} where none is given. */
public final class BenchCommand {

  private static final String FANOUT_CHAIN = "fanout-chain";

  private BenchCommand() {}

  public static void main(String[] arguments) throws Exception {
    String name = arguments.length == 0 ? FANOUT_CHAIN : arguments[0];
    if (!name.equals(FANOUT_CHAIN)) {
      System.err.printf("There is no benchmark %s; there is %s.%n", name, FANOUT_CHAIN);
      System.exit(2);
    }
    FanoutChainBenchmark.main(
        Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length));
  }
}
