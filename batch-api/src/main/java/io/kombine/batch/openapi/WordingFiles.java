package io.kombine.batch.openapi;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What {@code openapi/*.yaml} say, a file for each door, in the order that readers shall find them
 * in.
 */
final class WordingFiles {

  private static final List<String> NAMES =
      List.of(
          "kombine",
          "pipelines",
          "variants",
          "scenes",
          "storyboards",
          "slideshows",
          "batches",
          "files",
          "account");

  private WordingFiles() {}

  /** Leaves times as the text that they are. */
  private static final class Plain extends SafeConstructor {

    Plain(LoaderOptions options) {
      super(options);
      yamlConstructors.put(Tag.TIMESTAMP, new ConstructYamlStr());
    }
  }

  static List<Map<String, Object>> read() {
    return NAMES.stream().map(name -> read(name + ".yaml")).toList();
  }

  /** What the running application has answered to the examples; written by their test. */
  static Map<String, Object> answers() {
    return read("answers.json");
  }

  /** JSON too, which is YAML. */
  private static Map<String, Object> read(String name) {
    try (Reader in =
        new InputStreamReader(
            new ClassPathResource("openapi/" + name).getInputStream(), StandardCharsets.UTF_8)) {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      return new Yaml(new Plain(options)).load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
