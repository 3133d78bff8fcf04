package io.kombine.local.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kombine.local.money.Reconciliation.Kind;
import io.kombine.local.money.Reconciliation.Line;
import io.kombine.local.process.StackException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciliationTests {

  @TempDir private Path directory = Path.of("");

  @Test
  void everyStepThatIsNotTheSameOnBothSidesIsNamedWithItsKind() {
    Reconciliation result =
        Reconciliation.of(
            Map.of("a", bill("0.010"), "b", bill("0.02"), "c", bill("0.03"), "d", bill("0")),
            Map.of("a", bill("0.01"), "b", bill("0.04"), "e", bill("0.05")));

    assertThat(result.agreeing()).isEqualTo(2);
    assertThat(result.differences()).isEqualTo(3);
    assertThat(result.lines())
        .extracting(Line::step, Line::kind)
        .containsExactly(
            tuple("b", Kind.DIFFERENT), tuple("c", Kind.EXTRA), tuple("e", Kind.MISSING));
  }

  @Test
  void whatNobodyKnowsIsNoDifferenceWhetherItIsBilledOrNot() {
    Bill unknown = new Bill(1, BigDecimal.ZERO, 1);
    Reconciliation result =
        Reconciliation.of(Map.of("a", unknown, "b", unknown), Map.of("a", bill("0.01")));
    assertThat(result.differences()).isZero();
    assertThat(result.lines()).extracting(Line::kind).containsOnly(Kind.UNKNOWN);
  }

  @Test
  void invoiceIsReadByItsHeadAndRefundedLinesCountNothing() throws Exception {
    Path file = directory.resolve("invoice.csv");
    Files.writeString(
        file,
        "number,vendor,step,amount,currency,refunded\r\n"
            + "1,\"openai\",\"s,1\",0.01,USD,false\r\n"
            + "2,\"openai\",\"s,1\",0.02,USD,false\r\n"
            + "3,\"fal\",\"s2\",0.05,USD,true\r\n");
    InvoiceFile invoice = InvoiceFile.read(file);
    assertThat(invoice.vendors()).containsExactlyInAnyOrder("openai", "fal");
    assertThat(invoice.currencies()).containsExactly("USD");
    assertThat(invoice.bills().get("s,1").amount()).isEqualByComparingTo("0.03");
    assertThat(invoice.bills().get("s2").amount()).isZero();
  }

  @Test
  void invoiceThatCannotBeUnderstoodIsRefusedWithTheReason() throws Exception {
    Path headless = directory.resolve("a.csv");
    Files.writeString(headless, "x,y\n1,2\n");
    assertThatThrownBy(() -> InvoiceFile.read(headless))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("needs step_id, amount and currency");
    Path wrong = directory.resolve("b.csv");
    Files.writeString(wrong, "step_id,amount,currency\ns,much,USD\n");
    assertThatThrownBy(() -> InvoiceFile.read(wrong)).hasMessageContaining("line 2");
  }

  private static Bill bill(String amount) {
    return new Bill(1, new BigDecimal(amount), 0);
  }
}
