package io.kombine.batch.door;

import io.kombine.contracts.BatchKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What slideshows, storyboards, variants and scenes take at the limits of design §5 and refuse one
 * beyond: a change of a good body, and the answer that REST and Kafka both give. Pipelines have
 * theirs in {@link PipelineBothDoorsIT}.
 */
final class DoorCases {

  /** Longer than any model takes. */
  static final int TOO_LONG = 32_001;

  private DoorCases() {}

  /** Which request of a kind a case is about. */
  enum Form {
    SLIDESHOW(BatchKind.SLIDESHOW),
    STORYBOARD(BatchKind.STORYBOARD),
    VARIANT(BatchKind.VARIANT),
    SCENE_IMAGES(BatchKind.SCENES),
    SCENE_VIDEOS(BatchKind.SCENES);

    final BatchKind kind;

    Form(BatchKind kind) {
      this.kind = kind;
    }
  }

  /**
   * One change of a good body.
   *
   * @param from a part of the good body
   * @param type of the problem; empty where the changed body is accepted
   * @param fields that the problem names
   */
  record Case(
      Form form,
      String what,
      String from,
      String to,
      int status,
      String type,
      List<String> fields) {

    boolean isGood() {
      return type.isEmpty();
    }

    @Override
    public String toString() {
      return form + ": " + what;
    }
  }

  static Stream<Case> all() {
    return Stream.of(slideshows(), storyboards(), variants(), sceneImages(), sceneVideos())
        .flatMap(each -> each);
  }

  private static Case good(Form form, String what, String from, String to) {
    return new Case(form, what, from, to, 202, "", List.of());
  }

  private static Case bad(
      Form form, String what, String from, String to, int status, String type, String... fields) {
    return new Case(form, what, from, to, status, type, List.of(fields));
  }

  private static Case invalid(Form form, String what, String from, String to, String... fields) {
    return bad(form, what, from, to, 400, "invalid-request", fields);
  }

  static String text(int length) {
    return '"' + "x".repeat(length) + '"';
  }

  private static Stream<Case> slideshows() {
    Form form = Form.SLIDESHOW;
    String name = "\"name\": \"Mugs\"";
    String photos = "\"photo_variations\": 1";
    String texts = "\"text_variations\": 1";
    String quality = "\"jpeg_quality\": 88";
    String about = "\"product_description\": \"A mug\"";
    String slides = "\"slides\": [\"{upload}\"]";
    String link = "{\"url\": \"tiktok.com/@a/photo/1\", " + slides + "}";
    return Stream.of(
        good(form, "a name of 200", name, "\"name\": " + text(200)),
        invalid(form, "a name of 201", name, "\"name\": " + text(201), "name"),
        invalid(form, "a blank name", name, "\"name\": \" \"", "name"),
        good(form, "100 links", link, links(100)),
        invalid(form, "a link list of 101", link, links(101), "links"),
        invalid(form, "no links", link, "", "links"),
        invalid(form, "a null link", link, "null", "links[0]"),
        invalid(
            form,
            "two links to one post",
            link,
            link + ", " + link.replace("photo", "video"),
            "links[1].url"),
        invalid(form, "a link elsewhere", "tiktok.com/@a/photo/1", "example.com/a", "links[0].url"),
        good(form, "10 photo variations", photos, "\"photo_variations\": 10"),
        invalid(
            form, "11 photo variations", photos, "\"photo_variations\": 11", "photo_variations"),
        invalid(form, "0 photo variations", photos, "\"photo_variations\": 0", "photo_variations"),
        invalid(form, "half a variation", photos, "\"photo_variations\": 1.5", "photo_variations"),
        good(form, "10 text variations", texts, "\"text_variations\": 10"),
        invalid(form, "11 text variations", texts, "\"text_variations\": 11", "text_variations"),
        invalid(form, "0 text variations", texts, "\"text_variations\": 0", "text_variations"),
        good(form, "quality 85", quality, "\"jpeg_quality\": 85"),
        good(form, "quality 90", quality, "\"jpeg_quality\": 90"),
        invalid(form, "quality 84", quality, "\"jpeg_quality\": 84", "jpeg_quality"),
        invalid(form, "quality 91", quality, "\"jpeg_quality\": 91", "jpeg_quality"),
        good(form, "PNG", quality, "\"output_format\": \"png\""),
        invalid(
            form,
            "PNG with a quality",
            quality,
            quality + ", \"output_format\": \"png\"",
            "jpeg_quality"),
        invalid(form, "WebP", quality, "\"output_format\": \"webp\"", "output_format"),
        good(form, "35 slides", slides, "\"slides\": " + uploads(35)),
        invalid(form, "36 slides", slides, "\"slides\": " + uploads(36), "links[0].slides"),
        invalid(form, "no slides", slides, "\"slides\": []", "links[0].slides"),
        good(form, "a description of 2,000", about, "\"product_description\": " + text(2_000)),
        invalid(
            form,
            "a description of 2,001",
            about,
            "\"product_description\": " + text(2_001),
            "product_description"),
        invalid(form, "no description", about + ",", "", "links[0].product_description"),
        good(form, "35 slides a link for a price", name, name + ", \"slides_per_link\": 35"),
        invalid(
            form, "36 slides a link", name, name + ", \"slides_per_link\": 36", "slides_per_link"),
        invalid(form, "13 decimals", name, name + ", \"max_cost\": 0.0000000000001", "max_cost"),
        bad(
            form,
            "no such model",
            name,
            name + ", \"image_model\": \"dall-e\"",
            422,
            "unknown-model",
            "image_model"),
        bad(
            form,
            "a slide of nobody",
            slides,
            "\"slides\": [\"/api/artifacts/00000000-0000-7000-8000-000000000000\"]",
            422,
            "unusable-source",
            "links[0].slides[0]"),
        bad(
            form,
            "no such quote",
            name,
            name + ", \"quote_id\": \"00000000-0000-7000-8000-000000000000\"",
            422,
            "unknown-quote"));
  }

  private static Stream<Case> storyboards() {
    Form form = Form.STORYBOARD;
    String stages = "\"stages\": [\"images\"]";
    return Stream.of(
        good(form, "one stage", stages, stages),
        good(form, "all three", stages, "\"stages\": [\"videos\", \"audio\", \"images\"]"),
        good(form, "all by default", stages, "\"skipClean\": false"),
        invalid(form, "no stage", stages, "\"stages\": []", "stages"),
        invalid(
            form,
            "four stages",
            stages,
            "\"stages\": [\"audio\", \"images\", \"videos\", \"audio\"]",
            "stages"),
        invalid(form, "a stage twice", stages, "\"stages\": [\"images\", \"images\"]", "stages[1]"),
        invalid(form, "an unknown stage", stages, "\"stages\": [\"music\"]", "stages[0]"),
        invalid(form, "a null stage", stages, "\"stages\": [null]", "stages[0]"),
        invalid(form, "stages that are none", stages, "\"stages\": \"images\"", "stages"),
        invalid(form, "no yes or no", stages, "\"skipClean\": \"perhaps\"", "skipClean"),
        bad(
            form,
            "no such project",
            "{project}",
            "00000000-0000-7000-8000-000000000000",
            404,
            "project-not-found"),
        bad(
            form,
            "a sentence without prompt",
            "{project}",
            "{withoutPrompt}",
            422,
            "storyboard-incomplete",
            "sentences[1].imagePrompt"),
        bad(
            form,
            "no sentences",
            "{project}",
            "{empty}",
            422,
            "storyboard-incomplete",
            "sentences"));
  }

  private static Stream<Case> variants() {
    Form form = Form.VARIANT;
    String ids = "\"productIds\": [\"{product}\"]";
    String variant = "\"variant\": \"MAIN\"";
    String type = "\"imageTypeId\": \"{type}\"";
    String nobody = "00000000-0000-7000-8000-000000000000";
    return Stream.of(
        good(form, "one product", ids, ids),
        bad(
            form,
            "500 products of nobody",
            ids,
            "\"productIds\": " + ids(500),
            422,
            "unknown-reference"),
        invalid(form, "501 products", ids, "\"productIds\": " + ids(501), "productIds"),
        invalid(form, "no products", ids, "\"productIds\": []", "productIds"),
        invalid(
            form,
            "a product twice",
            ids,
            "\"productIds\": [\"{product}\", \"{product}\"]",
            "productIds[1]"),
        invalid(form, "a null product", ids, "\"productIds\": [null]", "productIds[0]"),
        invalid(form, "an id that is none", ids, "\"productIds\": [\"7\"]", "productIds[0]"),
        bad(
            form,
            "a variant of 20 that is none's",
            variant,
            "\"variant\": " + text(20),
            422,
            "no-source-image",
            "variant"),
        invalid(form, "a variant of 21", variant, "\"variant\": " + text(21), "variant"),
        invalid(form, "no variant", variant, "\"x\": 1", "variant"),
        invalid(form, "no image type", type, "\"x\": 1", "imageTypeId"),
        bad(
            form,
            "an image type of nobody",
            type,
            "\"imageTypeId\": \"" + nobody + '"',
            422,
            "unknown-reference",
            "imageTypeId"),
        good(form, "a prompt of 4,000", variant, variant + ", \"customPrompt\": " + text(4_000)),
        bad(
            form,
            "a prompt of 4,001",
            variant,
            variant + ", \"customPrompt\": " + text(4_001),
            422,
            "unsupported-by-model",
            "customPrompt"),
        invalid(
            form,
            "a prompt of 32,001",
            variant,
            variant + ", \"customPrompt\": " + text(TOO_LONG),
            "customPrompt"),
        invalid(
            form, "a blank prompt", variant, variant + ", \"customPrompt\": \" \"", "customPrompt"),
        invalid(
            form,
            "an unknown placeholder",
            variant,
            variant + ", \"customPrompt\": \"{{colour}}\"",
            "customPrompt"),
        invalid(
            form,
            "two prompts",
            variant,
            variant + ", \"customPrompt\": \"x\", \"templateId\": \"" + nobody + '"',
            "templateId"),
        bad(
            form,
            "a template of nobody",
            variant,
            variant + ", \"templateId\": \"" + nobody + '"',
            422,
            "unknown-reference",
            "templateId"));
  }

  private static Stream<Case> sceneImages() {
    Form form = Form.SCENE_IMAGES;
    String row = "{\"scene_id\": \"S\", \"prompt\": \"p\", \"variants\": 1}";
    String one = "\"variants\": 1";
    String prompt = "\"prompt\": \"p\"";
    String id = "\"scene_id\": \"S\"";
    return Stream.of(
        good(form, "10 rows", row, rows(10)),
        invalid(form, "11 rows", row, rows(11), "items"),
        invalid(form, "no rows", row, "", "items"),
        invalid(form, "a null row", row, "null", "items[0]"),
        invalid(form, "a scene twice", row, row + ", " + row, "items[1].scene_id"),
        good(form, "3 variants", one, "\"variants\": 3"),
        invalid(form, "4 variants", one, "\"variants\": 4", "items[0].variants"),
        invalid(form, "0 variants", one, "\"variants\": 0", "items[0].variants"),
        good(form, "a name of 100", id, "\"scene_id\": " + text(100)),
        invalid(form, "a name of 101", id, "\"scene_id\": " + text(101), "items[0].scene_id"),
        invalid(form, "a name with a bar", id, "\"scene_id\": \"a|b\"", "items[0].scene_id"),
        good(form, "a prompt of 4,000", prompt, "\"prompt\": " + text(4_000)),
        bad(
            form,
            "a prompt of 4,001",
            prompt,
            "\"prompt\": " + text(4_001),
            422,
            "unsupported-by-model",
            "items[0].prompt"),
        invalid(
            form, "a prompt of 32,001", prompt, "\"prompt\": " + text(TOO_LONG), "items[0].prompt"),
        invalid(form, "no prompt", prompt, "\"x\": 1", "items[0].prompt"),
        good(form, "4 references", one, one + ", \"reference_images\": " + uploads(4)),
        invalid(
            form,
            "5 references",
            one,
            one + ", \"reference_images\": " + uploads(5),
            "items[0].reference_images"),
        bad(
            form,
            "a reference of nobody",
            one,
            one
                + ", \"reference_images\": [\"/api/artifacts/00000000-0000-7000-8000-000000000000\"]",
            422,
            "unusable-source",
            "items[0].reference_images[0]"),
        invalid(form, "no run mode", "\"runMode\": \"live\"", "\"x\": 1", "runMode"),
        invalid(form, "an unknown run mode", "\"live\"", "\"dry\"", "runMode"));
  }

  private static Stream<Case> sceneVideos() {
    Form form = Form.SCENE_VIDEOS;
    String item = "{\"scene_id\": \"K\"}";
    String count = "\"confirmCount\": 1";
    return Stream.of(
        good(form, "one clip", item, item),
        bad(
            form,
            "a count one too high",
            count,
            "\"confirmCount\": 2",
            422,
            "confirm-count-differs",
            "confirmCount"),
        bad(
            form,
            "a count one too low",
            count,
            "\"confirmCount\": 0",
            422,
            "confirm-count-differs",
            "confirmCount"),
        invalid(form, "no count", count, "\"x\": 1", "confirmCount"),
        invalid(form, "a dry run of clips", "\"live\"", "\"dry_run\"", "runMode"),
        invalid(form, "no items", item, "", "items"),
        invalid(form, "11 items", item, clips(11), "items"),
        bad(form, "10 items", item, clips(10), 422, "confirm-count-differs", "confirmCount"),
        invalid(form, "a scene twice", item, item + ", " + item, "items[1].scene_id"),
        good(form, "a prompt of 4,000", "\"K\"", "\"K\", \"prompt\": " + text(4_000)),
        bad(
            form,
            "a prompt of 4,001",
            "\"K\"",
            "\"K\", \"prompt\": " + text(4_001),
            422,
            "unsupported-by-model",
            "items[0].prompt"),
        bad(
            form,
            "a scene that nobody approved",
            "\"K\"",
            "\"L\"",
            422,
            "not-approved",
            "items[0].scene_id"));
  }

  private static String links(int count) {
    return each(
        count,
        i -> "{\"url\": \"tiktok.com/@a/photo/%d\", \"slides\": [\"{upload}\"]}".formatted(i + 1));
  }

  private static String uploads(int count) {
    return '[' + each(count, _ -> "\"{upload}\"") + ']';
  }

  private static String ids(int count) {
    return '[' + each(count, i -> "\"00000000-0000-7000-8000-%012d\"".formatted(i)) + ']';
  }

  private static String rows(int count) {
    return each(
        count, i -> "{\"scene_id\": \"S%d\", \"prompt\": \"p\", \"variants\": 1}".formatted(i));
  }

  private static String clips(int count) {
    return each(count, i -> "{\"scene_id\": \"K%d\"}".formatted(i));
  }

  private static String each(int count, java.util.function.IntFunction<String> element) {
    return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(", "));
  }
}
