package io.kombine.batch.variant.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTemplateTests {

  @Test
  void placesAreFilledWithOrWithoutSpaces() {
    assertThat(filled("{{title}}, {{ asin }}, {{variant}}, {{imageType}}"))
        .isEqualTo("Mug, B1, MAIN, Hero");
  }

  @Test
  void whatIsFilledInIsTakenAsItIs() {
    PromptTemplate template = new PromptTemplate("{{title}} of {{asin}}");

    assertThat(template.of("{{asin}} $1 \\", "B1", "MAIN", "Hero"))
        .isEqualTo("{{asin}} $1 \\ of B1");
  }

  @Test
  void anUnknownPlaceIsNamedWithThoseThatAreKnown() {
    FieldProblem problem = problems("a {{colour}} {{title}}").getFirst();

    assertThat(problem.message()).contains("{{colour}}");
    assertThat(problem.accepted()).contains("{{title}}", "{{imageType}}");
  }

  @Test
  void bracesThatDoNotCloseAreRefusedAndSingleOnesAreText() {
    assertThat(problems("a {{title")).hasSize(1);
    assertThat(problems("a {title} } b")).isEmpty();
  }

  private static String filled(String text) {
    return new PromptTemplate(text).of("Mug", "B1", "MAIN", "Hero");
  }

  private static List<FieldProblem> problems(String text) {
    FieldProblems problems = new FieldProblems();
    PromptTemplate.check(problems, "prompt", text);
    return problems.isEmpty()
        ? List.of()
        : problems.toException(ProblemType.INVALID_REQUEST).errors();
  }
}
