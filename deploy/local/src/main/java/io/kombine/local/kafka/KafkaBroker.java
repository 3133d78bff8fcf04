package io.kombine.local.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * Main class of the broker's own process: formats an empty log directory, then runs Kafka in it.
 */
final class KafkaBroker {

  private KafkaBroker() {}

  public static void main(String[] arguments) throws IOException {
    String configuration = arguments[0];
    if (!Files.exists(logDirectory(configuration).resolve("meta.properties"))) {
      int failed =
          StorageTool.execute(
              new String[] {
                "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", configuration
              },
              System.out);
      if (failed != 0) {
        System.exit(failed);
      }
    }
    Kafka.main(new String[] {configuration});
  }

  private static Path logDirectory(String configuration) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(Path.of(configuration))) {
      properties.load(in);
    }
    return Path.of(properties.getProperty("log.dirs"));
  }
}
