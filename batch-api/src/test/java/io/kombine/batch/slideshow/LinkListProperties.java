package io.kombine.batch.slideshow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.slideshow.TikTokLinks.Post;
import io.kombine.batch.slideshow.TikTokLinks.Refused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LinkListProperties {

  private static final List<String> SEPARATORS =
      List.of("\n", "\r\n", "\r", ",", "\t", ", ", " \t ", ",\n", "\n\n", "\t,\t", ",,");

  /** A post by its id, in one of the shapes that name the id. */
  private static String shape(int shape, String id) {
    return switch (shape) {
      case 0 -> "https://www.tiktok.com/@some.user-1/photo/" + id;
      case 1 -> "https://www.tiktok.com/@some.user-1/video/" + id + "?is_from_webapp=1&k=v";
      case 2 -> "tiktok.com/@some.user-1/photo/" + id + "/";
      case 3 -> "http://www.tiktok.com/@/video/" + id + "#top";
      case 4 -> "https://www.tiktokv.com/share/video/" + id + "/";
      case 5 -> "www.tiktok.com/embed/" + id;
      case 6 -> "m.tiktok.com/v/" + id + ".html?x=1";
      case 7 -> "HTTPS://WWW.TikTok.com/%40some.user-1/photo/" + id;
      default -> throw new IllegalArgumentException();
    };
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.longs().between(1_000, Long.MAX_VALUE).map(Object::toString);
  }

  @Provide
  Arbitrary<String> links() {
    Arbitrary<String> posts =
        Combinators.combine(ids(), Arbitraries.integers().between(0, 7))
            .as((id, shape) -> shape(shape, id));
    Arbitrary<String> few =
        Combinators.combine(
                Arbitraries.of("7000000000000000001", "7000000000000000002"),
                Arbitraries.integers().between(0, 7))
            .as((id, shape) -> shape(shape, id));
    return Arbitraries.oneOf(
        posts,
        few,
        Arbitraries.of("vm.tiktok.com/ZMabc", "https://vt.tiktok.com/ZSabc/", "tiktok.com/t/ZTabc"),
        Arbitraries.of("https://example.com/a", "nonsense", "https://www.tiktok.com/@user"));
  }

  @Property
  void everyLinkIsInExactlyOneListWhateverPartsThem(
      @ForAll("links0") List<String> links, @ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(" ");
    for (String link : links) {
      text.append(link).append(SEPARATORS.get(random.nextInt(SEPARATORS.size())));
    }

    LinkList list = LinkList.of(text.toString());

    assertThat(list.total()).isEqualTo(links.size());
    Set<Integer> positions = new HashSet<>();
    list.valid().forEach(valid -> assertThat(positions.add(valid.position())).isTrue());
    list.invalid().forEach(invalid -> assertThat(positions.add(invalid.position())).isTrue());
    list.duplicates().forEach(again -> assertThat(positions.add(again.position())).isTrue());
    assertThat(positions)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, links.size()).boxed().toList());
    list.valid()
        .forEach(valid -> assertThat(valid.input()).isEqualTo(links.get(valid.position() - 1)));
    Set<String> identities = new HashSet<>();
    list.valid()
        .forEach(valid ->
            assertThat(
                    identities.add(
                        new TikTokLink(valid.url(), valid.username(), valid.postId()).identity()))
                .isTrue());
    list.duplicates()
        .forEach(again ->
            assertThat(list.valid().stream().map(LinkList.Valid::position))
                .contains(again.duplicateOf())
                .allMatch(position -> position != again.position()));
  }

  @Provide
  Arbitrary<List<String>> links0() {
    return links().list().ofMinSize(1).ofMaxSize(100);
  }

  @Property
  void allShapesOfOnePostAreOnePost(
      @ForAll("ids") String id,
      @ForAll @Size(min = 2, max = 8) List<@IntRange(max = 7) Integer> shapes) {
    List<String> links = new ArrayList<>();
    shapes.forEach(shape -> links.add(shape(shape, id)));

    LinkList list = LinkList.of(String.join("\t", links));

    assertThat(list.valid()).hasSize(1);
    assertThat(list.valid().getFirst().postId()).isEqualTo(id);
    assertThat(list.duplicates()).hasSize(shapes.size() - 1);
    assertThat(list.duplicates()).allMatch(again -> again.duplicateOf() == 1);
  }

  @Property
  void whatIsReadIsReadTheSameAgain(@ForAll("links") String link) {
    if (TikTokLinks.read(link) instanceof Post first) {
      assertThat(TikTokLinks.read(first.link().url())).isEqualTo(first);
    }
  }

  @Property
  void noTextBreaksIt(@ForAll String text) {
    try {
      LinkList list = LinkList.of(text);
      assertThat(list.valid().size() + list.invalid().size() + list.duplicates().size())
          .isEqualTo(list.total());
    } catch (ProblemException refused) {
      assertThat(refused.errors().getFirst().field()).isEqualTo("text");
    }
  }

  @Example
  void aHundredLinksAreTakenAndOneMoreIsNot() {
    List<String> hundred =
        new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> shape(i % 8, "7" + i)).toList());
    assertThat(LinkList.of(String.join(",", hundred)).valid()).hasSize(100);

    hundred.add("and one that is none");
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> LinkList.of(String.join("\n", hundred)));

    assertThat(refused.errors().getFirst().field()).isEqualTo("text");
    assertThat(refused.detail()).contains("101");
  }

  @Example
  void nothingIsRefused() {
    for (String nothing : List.of("", " \n,\t ", "\u200b")) {
      assertThat(catchThrowableOfType(ProblemException.class, () -> LinkList.of(nothing)))
          .isNotNull();
    }
  }

  @Example
  void linesAndPositionsAreCounted() {
    LinkList list =
        LinkList.of("a,tiktok.com/@u/photo/1\r\n\r\nvm.tiktok.com/Z1\ttiktok.com/@/video/1");

    assertThat(list.invalid())
        .containsExactly(new LinkList.Invalid(1, 1, "a", "is no TikTok address"));
    assertThat(list.valid())
        .containsExactly(
            new LinkList.Valid(
                2, 1, "tiktok.com/@u/photo/1", "https://www.tiktok.com/@u/video/1", "u", "1"),
            new LinkList.Valid(3, 3, "vm.tiktok.com/Z1", "https://vm.tiktok.com/Z1", null, null));
    assertThat(list.duplicates())
        .containsExactly(
            new LinkList.Duplicate(
                4, 3, "tiktok.com/@/video/1", "https://www.tiktok.com/@/video/1", 2));
  }

  @Example
  void refusalsSayWhy() {
    assertRefused("https://www.tiktok.com/@user", "profile");
    assertRefused("https://www.tiktok.com/music/song-1", "not of a post");
    assertRefused("https://www.tiktok.com/@user/photo/12a", "not of a post");
    assertRefused("https://www.tiktok.com/@user/photo/" + "1".repeat(21), "not of a post");
    assertRefused("https://vm.tiktok.com/", "not of a post");
    assertRefused("https://tiktok.com.evil.example/@u/photo/1", "no TikTok address");
    assertRefused("https://evil.example/?https://www.tiktok.com/@u/photo/1", "no TikTok address");
    assertRefused("https://u:p@www.tiktok.com/@u/photo/1", "no TikTok address");
    assertRefused("https://www.tiktok.com:8443/@u/photo/1", "no TikTok address");
    assertRefused("ftp://www.tiktok.com/@u/photo/1", "no http or https");
    assertRefused("tiktok.com/@u/photo/1 tiktok.com/@u/photo/2", "no web address");
    assertRefused("tiktok.com/@u/photo/1?" + "x".repeat(2_048), "more than 2048");
    assertThat(TikTokLinks.read("tiktok.com/@u/photo/1?" + "x".repeat(2_048 - 22)))
        .isInstanceOf(Post.class);
  }

  private static void assertRefused(String link, String reason) {
    assertThat(TikTokLinks.read(link))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).contains(reason));
    assertThat(LinkList.of(String.join("\n", Collections.nCopies(1, link))).invalid()).hasSize(1);
  }
}
