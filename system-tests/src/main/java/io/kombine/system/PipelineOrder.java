package io.kombine.system;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pipeline to be submitted.
 *
 * @param imagePrompts none where the sources go straight to video
 * @param videoPrompts none for images only
 */
public record PipelineOrder(
    String name,
    List<String> sources,
    String imageModel,
    List<String> imagePrompts,
    int imagesPerPrompt,
    String videoModel,
    List<String> videoPrompts) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public PipelineOrder {
    sources = List.copyOf(sources);
    imagePrompts = List.copyOf(imagePrompts);
    videoPrompts = List.copyOf(videoPrompts);
  }

  /** With the built-in models that make real media: 480p videos of one second. */
  public static PipelineOrder local(
      String name, List<String> sources, List<String> imagePrompts, List<String> videoPrompts) {
    return new PipelineOrder(
        name, sources, "local-image", imagePrompts, 1, "local-video", videoPrompts);
  }

  /**
   * With models that only wait, or do not even that.
   *
   * @param provider {@code sleep} or {@code null}
   */
  public static PipelineOrder bench(
      String name,
      String provider,
      List<String> sources,
      List<String> imagePrompts,
      List<String> videoPrompts) {
    return new PipelineOrder(
        name,
        sources,
        "bench-image-" + provider,
        imagePrompts,
        1,
        "bench-video-" + provider,
        videoPrompts);
  }

  /** The same with so many images for each prompt. */
  public PipelineOrder imagesPerPrompt(int images) {
    return new PipelineOrder(
        name, sources, imageModel, imagePrompts, images, videoModel, videoPrompts);
  }

  /** All steps it makes. */
  public int steps() {
    int images = sources.size() * imagePrompts.size() * imagesPerPrompt;
    return images + images * videoPrompts.size();
  }

  /** The body of its submit. */
  public String json() {
    return body("480p", 1).toString();
  }

  /**
   * The body of its submit with videos of 720p and five seconds, as paid providers make them.
   *
   * @param approval whether videos wait for an approval
   * @param reuse whether what was made before may be taken again
   */
  public String json(boolean approval, boolean reuse) {
    return body("720p", 5).put("approval", approval).put("reuse", reuse).toString();
  }

  private ObjectNode body(String resolution, int seconds) {
    ObjectNode body = JSON.createObjectNode();
    body.put("name", name);
    sources.forEach(body.putArray("source_images")::add);
    ObjectNode images = body.putObject("i2i_config");
    images.put("enabled", !imagePrompts.isEmpty());
    if (!imagePrompts.isEmpty()) {
      images.put("model", imageModel).put("images_per_prompt", imagesPerPrompt);
      imagePrompts.forEach(images.putArray("prompts")::add);
    }
    if (!videoPrompts.isEmpty()) {
      ObjectNode videos = body.putObject("i2v_config");
      videos.put("model", videoModel).put("resolution", resolution).put("duration_sec", seconds);
      videoPrompts.forEach(videos.putArray("prompts")::add);
    }
    return body;
  }
}
