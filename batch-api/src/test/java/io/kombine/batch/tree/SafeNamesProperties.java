package io.kombine.batch.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SafeNamesProperties {

  @Provide
  Arbitrary<String> nasty() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(300),
        Arbitraries.strings()
            .withChars("./\\ :*?\"<>|\0\n\t~_-aAéE\u0301\u202eß\uD83D\uDE00\uD800%")
            .ofMaxLength(120),
        Arbitraries.of(
            "..",
            ".",
            "...",
            "../../etc/passwd",
            "C:\\x",
            "con",
            "CON.txt",
            "nul .x",
            "COM¹",
            "lpt1",
            "a.",
            "a ",
            " .a",
            "-rf",
            "~",
            "Strasse",
            "STRAßE",
            "ﬁ",
            "FI",
            "",
            "%2e%2e"));
  }

  @Property
  void noNameEscapesOrBreaks(@ForAll("nasty") String name) {
    String safe = SafeNames.of(name, "fallback");

    assertThat(safe).isNotBlank().doesNotContainPattern("[\\\\/:*?\"<>|%\\p{Cntrl}\\p{Cf}]");
    assertThat(safe).isNotIn(".", "..").doesNotEndWith(".").doesNotEndWith(" ");
    assertThat(safe).doesNotStartWith(".").doesNotStartWith("-").doesNotStartWith(" ");
    assertThat(safe.length()).isLessThanOrEqualTo(SafeNames.MAX_LENGTH);
    assertThat(safe.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(SafeNames.MAX_BYTES);
    assertThat(Normalizer.isNormalized(safe, Normalizer.Form.NFC)).isTrue();
    assertThat(new String(safe.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(safe);
    assertThat(safe.toUpperCase(java.util.Locale.ROOT))
        .doesNotMatch("(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(\\..*)?");
  }

  @Property
  void aSafeNameStaysAsItIs(@ForAll("nasty") String name) {
    String safe = SafeNames.of(name, "fallback");

    assertThat(SafeNames.of(safe, "fallback")).isEqualTo(safe);
  }

  @Property
  void pathsNeverCollide(@ForAll("manyNasty") List<String> names) {
    TreePaths paths = new TreePaths();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      List<String> path = paths.file(List.of("001_a", "i2i"), name, "jpg");
      assertThat(path.getLast().length()).isLessThanOrEqualTo(SafeNames.MAX_LENGTH);
      assertThat(path.getLast()).endsWith(".jpg");
      assertThat(
              seen.add(
                  Normalizer.normalize(path.getLast(), Normalizer.Form.NFD)
                      .toLowerCase(java.util.Locale.ROOT)))
          .as(path.toString())
          .isTrue();
    }
  }

  @Provide
  Arbitrary<List<String>> manyNasty() {
    return nasty().list().ofMaxSize(40);
  }

  @Example
  void namesThatDifferInCaseOnlyGetANumber() {
    TreePaths paths = new TreePaths();

    assertThat(paths.file(List.of("x"), "Cat", "jpg")).containsExactly("x", "Cat.jpg");
    assertThat(paths.file(List.of("x"), "cAT", "jpg")).containsExactly("x", "cAT_2.jpg");
    assertThat(paths.file(List.of("x"), "cat_2", "jpg")).containsExactly("x", "cat_2_2.jpg");
  }
}
