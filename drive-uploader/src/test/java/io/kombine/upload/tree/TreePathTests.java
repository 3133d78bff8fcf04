package io.kombine.upload.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a/b",
        "a\\b",
        "a\0b",
        "a\nb",
        "a\u2028b",
        "a\u0085b",
        "\ud800",
        "con",
        "NUL.txt",
        "Com1",
        "LPT\u00b9.jpg",
        "aux .jpg",
        "CONOUT$",
        "name.",
        "name ",
        " name",
        "C:",
        "what?",
        "a*",
        "a|b",
        "\"a\"",
        "<a>",
        "u\u0308ber"
      })
  void unsafeNamesAreRefusedAnywhereInAPath(String name) {
    assertThatThrownBy(() -> TreePath.of("Batch [1]", List.of(name)))
        .isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> TreePath.of(name, List.of("file.jpg")))
        .isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> TreePath.of("Batch [1]", List.of(name, "file.jpg")))
        .isInstanceOf(UnsafePathException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Autumn campaign [2026-11-21 07.45.00]",
        "001_astronaut",
        ".hidden",
        "über 日本語",
        "contract.pdf",
        "com10",
        "a..b",
        "Link_001_@user",
        "👩‍🚀.jpg"
      })
  void ordinaryNamesAreTaken(String name) {
    assertThat(TreePath.of(name, List.of(name)).fileName()).isEqualTo(name);
  }

  @Test
  void namesEndAt120CharactersAnd255Bytes() {
    TreePath.of("b", List.of("a".repeat(120)));
    TreePath.of("b", List.of("日".repeat(85)));

    assertThatThrownBy(() -> TreePath.of("b", List.of("a".repeat(121))))
        .isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> TreePath.of("b", List.of("日".repeat(86))))
        .isInstanceOf(UnsafePathException.class);
  }

  @Test
  void pathsEndAt16NamesAnd2048Bytes() {
    TreePath.of("b", Collections.nCopies(15, "n"));

    assertThatThrownBy(() -> TreePath.of("b", Collections.nCopies(16, "n")))
        .isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> TreePath.of("b", Collections.nCopies(15, "日".repeat(85))))
        .isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> new TreePath(List.of("file-without-a-batch.jpg")))
        .isInstanceOf(UnsafePathException.class);
  }

  @Test
  void foldersAreNamedFromTheBatchDown() {
    assertThat(TreePath.of("b", List.of("001", "i2i", "1.jpg")).folders())
        .containsExactly(List.of("b"), List.of("b", "001"), List.of("b", "001", "i2i"));
  }
}
