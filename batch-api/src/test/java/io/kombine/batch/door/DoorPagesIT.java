package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.worker.artifact.ImageArtifacts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * Runs the shell examples of docs/doors as they stand, a page's in one shell: every command has to
 * succeed and every request to be answered with success. Needs bash, curl and jq. On a database of
 * its own: the examples' products are other tests' too.
 */
@KombineInfrastructure
@TestPropertySource(properties = "kombine.espeak.installed=true")
class DoorPagesIT extends DoorIT {

  private static final Pattern EXAMPLE = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

  private static final String STRICTLY =
      """
      set -euo pipefail
      curl() { command curl --fail-with-body "$@"; }
      """;

  @Autowired ImageArtifacts store;
  @Autowired OwnedArtifacts artifacts;
  private Path folder;

  private final ScheduledExecutorService workers = Executors.newSingleThreadScheduledExecutor();

  @BeforeAll
  void imagesOfScenesAreMade(@TempDir Path directory) throws IOException {
    folder = directory;
    Assumptions.assumeTrue(isInstalled("curl") && isInstalled("jq"), "curl and jq are needed");
    Files.createSymbolicLink(folder.resolve("docs"), Path.of("..", "docs").toRealPath());
    StandInWorkers standIns = new StandInWorkers(jdbc, store, artifacts);
    workers.scheduleWithFixedDelay(
        () ->
            jdbc.sql(
                    """
                    SELECT s.step_id FROM steps s JOIN batches b USING (batch_id)
                    WHERE b.kind = 'SCENES' AND s.kind = 'i2i' AND s.state = 'READY'
                    ORDER BY s.step_id
                    """)
                .query(UUID.class)
                .list()
                .forEach(standIns::succeed),
        0,
        200,
        TimeUnit.MILLISECONDS);
  }

  @AfterAll
  void workersStop() {
    workers.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"scenes", "slideshows", "storyboards", "variants"})
  void everyExampleOfAPageRuns(String page) throws IOException, InterruptedException {
    String text = Files.readString(Path.of("..", "docs", "doors", page + ".md"));
    String script =
        EXAMPLE
            .matcher(text)
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining("\n"));
    assertThat(script).contains("curl");
    Path said = folder.resolve(page + ".out");

    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", STRICTLY + script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    shell
        .environment()
        .put("K", "http://localhost:" + environment.getProperty("local.server.port"));
    Process running = shell.start();
    boolean ended = running.waitFor(2, TimeUnit.MINUTES);
    running.destroyForcibly();

    assertThat(ended).as(Files.readString(said)).isTrue();
    assertThat(running.exitValue()).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).doesNotContain("urn:kombine:problem:");
  }

  private static boolean isInstalled(String program) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }
}
