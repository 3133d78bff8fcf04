package io.kombine.system.simulator;

import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.invoice.PriceRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulator as a process of its own. Ends when it is told to by a signal. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description = "Serves the paid providers' APIs without money, and counts what they would bill.")
public final class SimulatorApplication implements Callable<Integer> {

  @Option(names = "--port", defaultValue = "8089", description = "0 takes any free port.")
  private int port;

  @Option(
      names = "--prices",
      description = "A JSON file with a list of {item, amount}, in USD, before the usual prices.")
  private @Nullable Path prices;

  /** Runs until the process is ended. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new SimulatorApplication()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SimulatorSettings settings = SimulatorSettings.defaults().onPort(port);
    if (prices != null) {
      settings =
          settings.with(
              List.of(Json.MAPPER.readValue(Files.readString(prices), PriceRule[].class)));
    }
    CountDownLatch end = new CountDownLatch(1);
    try (Simulator simulator = Simulator.start(settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(end::countDown));
      System.out.println("The simulator listens at " + simulator.baseUrl());
      end.await();
    }
    return 0;
  }
}
