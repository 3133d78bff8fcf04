package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.door.DoorIT.Answer;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.RequestAccepted;
import io.kombine.contracts.RequestRejected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * Puts one body through a kind's REST path and through Kafka, and holds both to the same answer.
 * The rows of what is at a limit and what is one beyond are in {@link DoorCases}, and for pipelines
 * in {@link PipelineBothDoorsIT}.
 *
 * @param rest sends a body by the kind's creating POST
 * @param id where the answer has the batch's id
 * @param request what Kafka's envelope holds for the same body
 */
record BothDoors(
    DoorIT doors,
    BatchKind kind,
    Function<String, Answer> rest,
    String id,
    UnaryOperator<String> request) {

  /** The batches that equal requests have made. */
  record Pair(UUID overRest, UUID overKafka) {}

  /** Both accept it, each with a batch of its own, of equal plans. */
  Pair accept(String body) {
    return accept(body, body);
  }

  /** The same where a body cannot come twice; both are to make the same plan. */
  Pair accept(String restBody, String kafkaBody) {
    Answer answer = rest.apply(restBody);
    assertThat(answer.status()).as("over REST: %s", answer.raw().body()).isEqualTo(202);
    var reply = doors.kafka.ask(kind.wireName(), request.apply(kafkaBody)).message();
    assertThat(reply).as("over Kafka: %s", reply).isInstanceOf(RequestAccepted.class);
    RequestAccepted accepted = (RequestAccepted) reply;
    assertThat(accepted.kind()).isEqualTo(kind);
    assertThat(accepted.replayed()).isFalse();
    Pair pair = new Pair(UUID.fromString(answer.text(id)), accepted.batchId());
    assertThat(pair.overRest()).isNotEqualTo(pair.overKafka());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !plan(pair.overRest()).isEmpty() && !plan(pair.overKafka()).isEmpty());
    assertThat(plan(pair.overKafka())).isEqualTo(plan(pair.overRest())).isNotEmpty();
    return pair;
  }

  /** Both refuse it with the same problem, which names these fields, and change nothing. */
  void refuse(String body, int status, String type, String... fields) {
    int batches = doors.rows("batches");
    Answer answer = rest.apply(body).isProblem(status, type);
    var reply = doors.kafka.ask(kind.wireName(), request.apply(body)).message();
    assertThat(reply).as("over Kafka: %s", reply).isInstanceOf(RequestRejected.class);
    JsonNode problem = ((RequestRejected) reply).problem();
    assertThat(without(problem)).as("over Kafka").isEqualTo(without(answer.body()));
    if (fields.length > 0) {
      answer.names(fields);
    }
    assertThat(doors.rows("batches")).isEqualTo(batches);
  }

  /** A problem but for the path that it was answered at. */
  private static Map<String, JsonNode> without(JsonNode problem) {
    Map<String, JsonNode> members = new TreeMap<>();
    problem.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    members.remove("instance");
    return members;
  }

  /** Everything that a batch's plan says, but for the ids that it was given. */
  private List<Map<String, Object>> plan(UUID batchId) {
    return doors
        .jdbc
        .sql(
            """
            SELECT s.ordinal, s.group_index, s.kind, p.ordinal AS parent, s.account, s.provider,
              s.model, s.prompt, s.prompt_index, s.variation, s.parameters::text, s.inputs::text,
              s.output_count, s.price::text, s.content_key, s.needs_approval, s.max_attempts,
              s.state, s.epoch,
              (SELECT string_agg((d -> 'path')::text, ' ') FROM jsonb_array_elements(s.deliveries) d)
                AS paths,
              g.label, g.source::text, g.source_url, b.kind AS batch_kind, b.name, b.quoted,
              b.max_cost, b.reuse, b.total_steps
            FROM steps s JOIN batches b USING (batch_id)
            JOIN batch_groups g ON g.batch_id = s.batch_id AND g.group_index = s.group_index
            LEFT JOIN steps p ON p.step_id = s.parent_id
            WHERE s.batch_id = ? ORDER BY s.ordinal
            """)
        .param(batchId)
        .query()
        .listOfRows();
  }
}
