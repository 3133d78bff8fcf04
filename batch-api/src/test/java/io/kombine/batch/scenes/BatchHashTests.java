package io.kombine.batch.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchHashTests {

  private static final Scene ONE = new Scene("A", "red", 1, List.of());
  private static final Scene TWO = new Scene("B", "blue", 2, List.of("http://h/1", "http://h/2"));

  @Test
  void theHashIsTheSameForEverForTheSameRows() {
    // why a constant: clients keep hashes for a day, so a new version must not compute others
    assertThat(BatchHash.of(List.of(ONE, TWO)))
        .isEqualTo(BatchHash.of(List.of(TWO, ONE)))
        .isEqualTo("ecdfbeea0f9f1d37aa6dd587ad02c4b42983cfb2a42dc2f409b7df17f483cd96");
  }

  @Test
  void everyPartOfARowCounts() {
    String hash = BatchHash.of(List.of(ONE, TWO));

    assertThat(
            List.of(
                BatchHash.of(List.of(ONE)),
                BatchHash.of(List.of(ONE, new Scene("C", "blue", 2, TWO.referenceImages()))),
                BatchHash.of(List.of(ONE, new Scene("B", "blues", 2, TWO.referenceImages()))),
                BatchHash.of(List.of(ONE, new Scene("B", "blue", 3, TWO.referenceImages()))),
                BatchHash.of(List.of(ONE, new Scene("B", "blue", 2, List.of()))),
                BatchHash.of(
                    List.of(ONE, new Scene("B", "blue", 2, TWO.referenceImages().reversed())))))
        .doesNotHaveDuplicates()
        .doesNotContain(hash);
  }
}
