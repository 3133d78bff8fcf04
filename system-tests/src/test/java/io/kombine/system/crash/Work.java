package io.kombine.system.crash;

/** A small batch, by what runs it. */
enum Work {
  /** One image by a provider that answers when it is done, and cannot be asked afterwards. */
  SYNCHRONOUS("openai", 1, images(1)),
  /** Two of them. */
  TWO_SYNCHRONOUS("openai", 2, images(2)),
  /** One video by a provider that takes a task and is asked for it. */
  POLLED("kling", 1, "\"i2i_config\":{\"enabled\":false}," + video()),
  /** One image by the built-in provider: repeating it is harmless. */
  LOCAL("local", 1, images(1).replace("gpt-image-2.5-flare", "local-image")),
  /** An image, and a video of it that its worker passes on. */
  CHAIN("openai, kling", 2, images(1) + "," + video()),
  /** An image, and a video of it that a person has to approve. */
  APPROVED("openai", 2, images(1) + "," + video() + ",\"approval\":true");

  private final String provider;
  private final int steps;
  private final String body;

  Work(String provider, int steps, String body) {
    this.provider = provider;
    this.steps = steps;
    this.body = body;
  }

  String provider() {
    return provider;
  }

  int steps() {
    return steps;
  }

  /** The body of its submit. */
  String json(String name, String source) {
    return "{\"name\":\"%s\",\"source_images\":[\"%s\"],%s}".formatted(name, source, body);
  }

  private static String images(int count) {
    StringBuilder prompts = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      prompts.append(i == 1 ? "" : ",").append("\"a hat of kind ").append(i).append('"');
    }
    return "\"i2i_config\":{\"enabled\":true,\"model\":\"gpt-image-2.5-flare\",\"prompts\":["
        + prompts
        + "],\"images_per_prompt\":1}";
  }

  private static String video() {
    return "\"i2v_config\":{\"model\":\"kling-v2-6\",\"prompts\":[\"it turns\"],"
        + "\"resolution\":\"720p\",\"duration_sec\":5}";
  }
}
