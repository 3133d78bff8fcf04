package io.kombine.system.money;

import io.kombine.system.PipelineOrder;
import io.kombine.system.SystemSetup;
import io.kombine.system.SystemTest;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.system.simulator.call.Vendor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A system whose images come from the simulator's OpenAI. */
public abstract class OpenAiTest extends SystemTest {

  protected static final String MODEL = "gpt-image-2.5-flare";

  private static final SimulatorSettings USUAL = SimulatorSettings.defaults();
  private static final Simulator SIMULATOR = started();

  private static Simulator started() {
    try {
      return Simulator.start(USUAL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One for all classes, so that equal setups share a system; it ends with this JVM. */
  protected static Simulator simulator() {
    return SIMULATOR;
  }

  @BeforeEach
  void prepare() {
    simulator().reset();
    simulator().limits().set(Vendor.OPENAI, USUAL.of(Vendor.OPENAI).limits());
    script();
  }

  /** What goes wrong; nothing by default. */
  protected void script() {}

  /** The same with images of the simulator's OpenAI. */
  protected static SystemSetup openAi(SystemSetup setup) {
    String account = "kombine.providers.openai.openai.";
    return setup
        .with("batch-api", "kombine.openai.enabled", "true")
        .with("i2i-worker", account + "api-key", "sk-test")
        .with("i2i-worker", account + "base-url", simulator().baseUrl() + "/v1")
        .with("i2i-worker", account + "timeout", "30s");
  }

  /** One paid image a source and prompt, and a free video of each. */
  PipelineOrder order(String name, int sources, List<String> prompts) throws Exception {
    return new PipelineOrder(
        name, sources(sources), MODEL, prompts, 1, "local-video", List.of("zoom in"));
  }
}
