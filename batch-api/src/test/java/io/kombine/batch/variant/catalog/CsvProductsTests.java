package io.kombine.batch.variant.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.batch.problem.ProblemException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvProductsTests {

  @Test
  void quotesCommasAndLinesWithinAFieldAreKeptAndLinesCountedByTheFile() throws IOException {
    List<ImportedLine> lines =
        read("ASIN,Title,MAIN\r\nA,\"Mug, \"\"large\"\"\nred\",\r\n\r\nB,Cup,http://h/b.jpg\r\n");

    assertThat(lines).extracting(ImportedLine::line).containsExactly(2L, 5L);
    assertThat(lines.getFirst().product())
        .isEqualTo(new ProductInput("A", "Mug, \"large\"\nred", List.of()));
    assertThat(lines.getLast().product())
        .isEqualTo(
            new ProductInput(
                "B", "Cup", List.of(new ProductInput.ImageInput("MAIN", "http://h/b.jpg"))));
  }

  @Test
  void aLineWithTooFewOrTooManyFieldsIsBrokenAndTheNextOneIsRead() throws IOException {
    List<ImportedLine> lines = read("asin,title\nA\nB,Cup,more\nC,Mug\n");

    assertThat(lines)
        .extracting(ImportedLine::unreadable)
        .containsExactly("has 1 fields, not 2", "has 3 fields, not 2", null);
  }

  @Test
  void aQuoteThatDoesNotEndIsNamedByItsLine() {
    assertThatThrownBy(() -> read("asin,title\nA,Mug\nB,\"Cup\nC,Mug\n"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("line 3");
    assertThatThrownBy(() -> read("asin,title\nA,Mug\nB,\"Cup\" of tea\n"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("line 3");
  }

  @Test
  void unknownMissingAndRepeatedColumnsAreNamed() {
    assertThatThrownBy(() -> read("asin,titel\n")).hasMessageContaining("'titel'");
    assertThatThrownBy(() -> read("asin\n")).hasMessageContaining("lacks the column title");
    assertThatThrownBy(() -> read("asin,title,MAIN,MAIN\n")).hasMessageContaining("MAIN twice");
    assertThatThrownBy(() -> read("")).hasMessageContaining("empty");
  }

  private static List<ImportedLine> read(String csv) throws IOException {
    List<ImportedLine> lines = new ArrayList<>();
    CsvProducts.read(new StringReader(csv), lines::add);
    return lines;
  }
}
