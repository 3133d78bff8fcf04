package io.kombine.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One ready-to-run command.
 *
 * @param command program and arguments
 * @param environment variables added to the inherited ones
 * @param directory working directory
 * @param console file that takes what the process itself writes to its standard streams; emptied at
 *     each start
 */
public record Launch(
    List<String> command, Map<String, String> environment, Path directory, Path console) {

  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
