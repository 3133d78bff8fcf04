package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kombine.local.StackSettings;
import io.kombine.system.money.OpenAiTest;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The web console's flows ({@code gateway/web/e2e}), driven by Playwright in a real browser against
 * this system. Skipped, with a line that says so, where no Chromium is installed.
 */
class ConsoleIT extends OpenAiTest {

  /** Six minutes where nothing else runs; the rest is for busy machines. */
  private static final long LIMIT_MINUTES = 30;

  private static final String KEY = "console-test-key";

  @Override
  protected SystemSetup setup() {
    return openAi(Systems.usual()).with("batch-api", "kombine.access.keys.console", sha256(KEY));
  }

  /** Calls that are billed and never answered, and one that content rules refuse, once. */
  @Override
  protected void script() {
    simulator()
        .faults()
        .put(
            FaultRule.of(Vendor.OPENAI, FaultKind.DROP_AFTER)
                .on("images.edit")
                .prompt("\\[lost\\]")
                .times(2));
    simulator()
        .faults()
        .put(
            FaultRule.of(Vendor.OPENAI, FaultKind.REFUSAL)
                .on("images.edit")
                .prompt("\\[refused\\]")
                .times(1));
  }

  @Test
  void everyPageDoesWhatItIsFor() throws Exception {
    if (!chromiumIsInstalled()) {
      System.out.println("ConsoleIT is SKIPPED: there is no Chromium; KOMBINE_CHROMIUM names one.");
    }
    assumeTrue(chromiumIsInstalled(), "a Chromium is installed (KOMBINE_CHROMIUM)");
    Path console = StackSettings.rootAbove(Path.of("")).resolve("gateway/web");
    Path playwright = console.resolve("node_modules/.bin/playwright");
    assertThat(playwright).as("what the gateway's build installs").exists();
    Path log = Files.createDirectories(Path.of("target", "console")).resolve("playwright.log");
    HttpServer control = restarts();
    try {
      ProcessBuilder builder =
          new ProcessBuilder(playwright.toString(), "test")
              .directory(console.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder
          .environment()
          .putAll(
              Map.of(
                  "KOMBINE_URL",
                  system.baseUrl().toString(),
                  "KOMBINE_RESTART",
                  "http://127.0.0.1:" + control.getAddress().getPort() + "/",
                  "KOMBINE_FAULTY_MODEL",
                  MODEL,
                  "KOMBINE_KEY",
                  KEY,
                  "CI",
                  "true"));
      Process tests = builder.start();
      try {
        assertThat(tests.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("an end of %s", log).isTrue();
      } finally {
        tests.descendants().forEach(ProcessHandle::destroyForcibly);
        tests.destroyForcibly();
      }
      String said = Files.readString(log);
      assertThat(tests.exitValue()).as("tests of the console:%n%s", said).isZero();
      assertThat(said).as("no flow is passed over").doesNotContain(" skipped");
      System.out.println(said);
    } finally {
      control.stop(0);
    }
  }

  /** Where the browser's tests ask for a restart of the gateway that they talk to. */
  private HttpServer restarts() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext("/", this::restart);
    server.start();
    return server;
  }

  private void restart(HttpExchange exchange) throws IOException {
    try (exchange) {
      system.stack().restart("gateway-1");
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private static boolean chromiumIsInstalled() {
    return Stream.of(
            System.getenv().getOrDefault("KOMBINE_CHROMIUM", ""),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome")
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .anyMatch(Files::isExecutable);
  }

  private static String sha256(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
