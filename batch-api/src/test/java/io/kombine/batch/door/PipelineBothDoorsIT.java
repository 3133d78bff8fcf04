package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.BatchKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Design §5.1's limits, at each edge and one beyond, through REST and Kafka alike. */
class PipelineBothDoorsIT extends DoorIT {

  private static final String NAME = "\"name\": \"Spring\"";
  private static final String IMAGE_PROMPTS = "[\"at sunset\", \"in snow\"]";
  private static final String VIDEO_PROMPTS = "[\"zoom in\", \"pan left\"]";
  private static final String PER_PROMPT = "\"images_per_prompt\": 1";
  private static final String SECONDS = "\"duration_sec\": 5";

  private BothDoors both;
  private String source;

  @BeforeAll
  void open() throws IOException {
    both = bothDoors(BatchKind.PIPELINE, "/api/pipelines/bulk");
    source = uploaded(1);
  }

  @Test
  void theSamePipelineMakesIdenticalPlansThroughRestAndKafka() throws IOException {
    String body =
        pipeline(
                List.of(
                    uploaded(1),
                    images.serve("/dog.png", Images.image("png", 40, 30, 2)),
                    uploaded(3)))
            .replace(SECONDS, "\"duration_sec\": 5.50, \"future\": {\"field\": [1.0]}")
            .replace(NAME, NAME + ", \"max_cost\": 12.340, \"reuse\": true");

    BothDoors.Pair pair = both.accept(body);

    assertThat(
            jdbc.sql("SELECT count(DISTINCT request) FROM batches WHERE batch_id IN (?, ?)")
                .params(pair.overRest(), pair.overKafka())
                .query(Integer.class)
                .single())
        .isOne();
  }

  /** A change of a good body that leaves it good. */
  record Good(String what, String from, String to) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Good> atTheLimit() {
    return Stream.of(
        new Good("a name of 200", NAME, name(200)),
        new Good("10 image prompts", IMAGE_PROMPTS, prompts(10)),
        new Good("1 image prompt", IMAGE_PROMPTS, prompts(1)),
        new Good("10 video prompts", VIDEO_PROMPTS, prompts(10)),
        new Good("1 image a prompt", PER_PROMPT, "\"images_per_prompt\": 1"),
        new Good("10 images a prompt", PER_PROMPT, "\"images_per_prompt\": 10"),
        new Good("the shortest video", SECONDS, "\"duration_sec\": 1"),
        new Good("the longest video", SECONDS, "\"duration_sec\": 60"),
        new Good("milliseconds", SECONDS, "\"duration_sec\": 5.125"),
        new Good("12 decimals", NAME, NAME + ", \"max_cost\": 0.000000000001"));
  }

  @ParameterizedTest
  @MethodSource("atTheLimit")
  void whatIsAtALimitIsAccepted(Good good) {
    both.accept(changed(good.from(), good.to()));
  }

  /** A change of a good body that makes it bad. */
  record Bad(String what, String from, String to, int status, String type, String field) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Bad> oneBeyond() {
    return Stream.of(
        invalid("a name of 201", NAME, name(201), "name"),
        invalid("a blank name", NAME, "\"name\": \" \"", "name"),
        invalid("no name", NAME, "\"title\": \"x\"", "name"),
        invalid("a name that is no string", NAME, "\"name\": 7", "name"),
        invalid("11 image prompts", IMAGE_PROMPTS, prompts(11), "i2i_config.prompts"),
        invalid("0 image prompts", IMAGE_PROMPTS, "[]", "i2i_config.prompts"),
        invalid("a null prompt", IMAGE_PROMPTS, "[\"a\", null]", "i2i_config.prompts[1]"),
        invalid("a prompt of 32,001", IMAGE_PROMPTS, prompt(32_001), "i2i_config.prompts[0]"),
        invalid("11 video prompts", VIDEO_PROMPTS, prompts(11), "i2v_config.prompts"),
        invalid("0 video prompts", VIDEO_PROMPTS, "[]", "i2v_config.prompts"),
        invalid(
            "0 images a prompt",
            PER_PROMPT,
            "\"images_per_prompt\": 0",
            "i2i_config.images_per_prompt"),
        invalid(
            "11 images a prompt",
            PER_PROMPT,
            "\"images_per_prompt\": 11",
            "i2i_config.images_per_prompt"),
        invalid(
            "half an image",
            PER_PROMPT,
            "\"images_per_prompt\": 1.5",
            "i2i_config.images_per_prompt"),
        invalid("0 seconds", SECONDS, "\"duration_sec\": 0", "i2v_config.duration_sec"),
        invalid(
            "a tenth of a millisecond",
            SECONDS,
            "\"duration_sec\": 5.1234",
            "i2v_config.duration_sec"),
        invalid(
            "a number that is a bomb",
            SECONDS,
            "\"duration_sec\": 1e999999999",
            "i2v_config.duration_sec"),
        invalid("13 decimals", NAME, NAME + ", \"max_cost\": 0.0000000000001", "max_cost"),
        invalid("no money", NAME, NAME + ", \"max_cost\": 0", "max_cost"),
        invalid("no quote's id", NAME, NAME + ", \"quote_id\": \"q\"", "quote_id"),
        invalid("an approval that is a number", NAME, NAME + ", \"approval\": 1", "approval"),
        unsupported("a second too long", "\"duration_sec\": 60.001", "i2v_config.duration_sec"),
        unsupported("too short", "\"duration_sec\": 0.999", "i2v_config.duration_sec"),
        new Bad(
            "no such model",
            "\"local-image\"",
            "\"dall-e\"",
            422,
            "unknown-model",
            "i2i_config.model"),
        new Bad(
            "no such resolution",
            "\"720p\"",
            "\"8k\"",
            422,
            "unsupported-by-model",
            "i2v_config.resolution"),
        new Bad(
            "no such quote",
            NAME,
            NAME + ", \"quote_id\": \"0199aaaa-0000-7000-8000-000000000000\"",
            422,
            "unknown-quote",
            ""));
  }

  @ParameterizedTest
  @MethodSource("oneBeyond")
  void whatIsBeyondALimitIsRefusedAlike(Bad bad) {
    String[] fields = bad.field().isEmpty() ? new String[0] : new String[] {bad.field()};
    both.refuse(changed(bad.from(), bad.to()), bad.status(), bad.type(), fields);
  }

  @Test
  void tenSourcesAreTakenAndNoneAndElevenRefused() throws IOException {
    both.accept(pipeline(sources(10)));
    both.refuse(pipeline(sources(11)), 400, "invalid-request", "source_images");
    both.refuse(pipeline(List.of()), 400, "invalid-request", "source_images");
  }

  @Test
  void aSourceThatCannotBeUsedIsNamed() {
    String url = images.url("/missing.png");

    both.refuse(
        pipeline(List.of(source, url, "ftp://a/b.png")),
        422,
        "unusable-source",
        "source_images[2]");
    both.refuse(pipeline(List.of(source, url)), 422, "unusable-source", "source_images[1]");
    both.refuse(
        pipeline(List.of(source, "http://127.0.0.1/" + "x".repeat(2_100))),
        400,
        "invalid-request",
        "source_images[1]");
  }

  @Test
  void aBodyOfTheLargestSizeIsTakenAndOneByteMoreIsNot() {
    String body = pipeline(List.of(source)).strip();
    int limit = 1 << 20;
    String padded = body.replace(NAME, NAME + ", \"padding\": \"%s\"");
    String full =
        padded.formatted(
            "x".repeat(limit - padded.formatted("").getBytes(StandardCharsets.UTF_8).length));

    both.accept(full);
    both.refuse(full.replaceFirst("xx", "xxx"), 413, "body-too-large");
  }

  @Test
  void everythingThatIsMissingIsNamedAtOnceByBoth() {
    both.refuse("{}", 400, "invalid-request", "name", "source_images", "i2i_config");
    both.refuse("[]", 400, "invalid-request", "(body)");
    both.refuse("null", 400, "malformed-json");
  }

  private String changed(String from, String to) {
    String body = pipeline(List.of(source));
    assertThat(body).contains(from);
    return body.replace(from, to);
  }

  private List<String> sources(int count) throws IOException {
    return IntStream.range(0, count).mapToObj(i -> source).collect(Collectors.toList());
  }

  private static Bad invalid(String what, String from, String to, String field) {
    return new Bad(what, from, to, 400, "invalid-request", field);
  }

  private static Bad unsupported(String what, String seconds, String field) {
    return new Bad(what, SECONDS, seconds, 422, "unsupported-by-model", field);
  }

  private static String name(int length) {
    return "\"name\": \"" + "n".repeat(length) + "\"";
  }

  private static String prompts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"prompt " + i + "\"")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String prompt(int length) {
    return "[\"" + "p".repeat(length) + "\"]";
  }
}
