package io.kombine.batch.variant.catalog;

import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.problem.Texts;
import io.kombine.contracts.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** An owner's image types and prompt templates: two lists of {@link NamedPrompt}s. */
@Repository
public class NamedPrompts {

  static final int MAX_NAME = 100;
  static final int MAX_PROMPT = 32_000;

  /** The most of each list; another one is refused. */
  static final int MAX = 500;

  private final JdbcClient jdbc;
  private final Clock clock;

  NamedPrompts(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Which of the lists. */
  public enum Sort {
    IMAGE_TYPE("image_types", "image_type_id"),
    TEMPLATE("prompt_templates", "template_id");

    private final String table;
    private final String id;

    Sort(String table, String id) {
      this.table = table;
      this.id = id;
    }
  }

  /** All of a list, by name. */
  @Transactional(readOnly = true)
  public List<NamedPrompt> list(Sort sort, String owner) {
    return jdbc.sql(
            "SELECT %s AS id, name, prompt, created_at FROM %s WHERE owner = ? ORDER BY name LIMIT %d"
                .formatted(sort.id, sort.table, MAX))
        .param(owner)
        .query(NamedPrompts::of)
        .list();
  }

  @Transactional(readOnly = true)
  public Optional<NamedPrompt> find(Sort sort, String owner, UUID id) {
    return jdbc.sql(
            "SELECT %1$s AS id, name, prompt, created_at FROM %2$s WHERE owner = ? AND %1$s = ?"
                .formatted(sort.id, sort.table))
        .params(owner, id)
        .query(NamedPrompts::of)
        .optional();
  }

  /**
   * Adds one.
   *
   * @throws ProblemException naming what is wrong, such as an unknown placeholder
   */
  @Transactional
  public NamedPrompt add(Sort sort, String owner, @Nullable String name, @Nullable String prompt) {
    FieldProblems problems = new FieldProblems();
    String checkedName = Texts.required(problems, "name", name, MAX_NAME).strip();
    String checkedPrompt = prompt(problems, prompt);
    problems.throwIfAny(ProblemType.INVALID_REQUEST);
    int there =
        jdbc.sql("SELECT count(*) FROM " + sort.table + " WHERE owner = ?")
            .param(owner)
            .query(Integer.class)
            .single();
    if (there >= MAX) {
      throw new ProblemException(
          ProblemType.LIMIT_REACHED, "There are %d already, which is the most.".formatted(there));
    }
    try {
      return jdbc.sql(
              """
              INSERT INTO %2$s (%1$s, owner, name, prompt, created_at) VALUES (?, ?, ?, ?, ?)
              RETURNING %1$s AS id, name, prompt, created_at
              """
                  .formatted(sort.id, sort.table))
          .params(
              Ids.next(),
              owner,
              checkedName,
              checkedPrompt,
              clock.instant().atOffset(ZoneOffset.UTC))
          .query(NamedPrompts::of)
          .single();
    } catch (DuplicateKeyException duplicate) {
      throw taken();
    }
  }

  /** Changes what is given. */
  @Transactional
  public Optional<NamedPrompt> change(
      Sort sort, String owner, UUID id, @Nullable String name, @Nullable String prompt) {
    FieldProblems problems = new FieldProblems();
    String newName = name == null ? null : Texts.required(problems, "name", name, MAX_NAME).strip();
    String newPrompt = prompt == null ? null : prompt(problems, prompt);
    problems.throwIfAny(ProblemType.INVALID_REQUEST);
    try {
      return jdbc.sql(
              """
              UPDATE %2$s SET name = coalesce(CAST(? AS text), name),
                prompt = coalesce(CAST(? AS text), prompt)
              WHERE owner = ? AND %1$s = ?
              RETURNING %1$s AS id, name, prompt, created_at
              """
                  .formatted(sort.id, sort.table))
          .param(newName)
          .param(newPrompt)
          .param(owner)
          .param(id)
          .query(NamedPrompts::of)
          .optional();
    } catch (DuplicateKeyException there) {
      throw taken();
    }
  }

  @Transactional
  public boolean remove(Sort sort, String owner, UUID id) {
    return jdbc.sql("DELETE FROM %2$s WHERE owner = ? AND %1$s = ?".formatted(sort.id, sort.table))
            .params(owner, id)
            .update()
        > 0;
  }

  private static String prompt(FieldProblems problems, @Nullable String prompt) {
    String text = Texts.required(problems, "prompt", prompt, MAX_PROMPT).strip();
    PromptTemplate.check(problems, "prompt", text);
    return text;
  }

  private static ProblemException taken() {
    return new ProblemException(
        ProblemType.STATE_CONFLICT,
        "name: is taken already.",
        List.of(FieldProblem.of("name", "is taken already")));
  }

  private static NamedPrompt of(ResultSet row, int number) throws SQLException {
    return new NamedPrompt(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("prompt"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
