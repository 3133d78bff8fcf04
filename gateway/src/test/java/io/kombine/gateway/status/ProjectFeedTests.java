package io.kombine.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import io.kombine.gateway.status.ProjectGenerations.Generation;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProjectFeedTests {

  private static final UUID BATCH = Ids.next();
  private static final UUID ONE = Ids.next();
  private static final UUID TWO = Ids.next();
  private static final EventPosition AT = new EventPosition(3, 17);

  private final ProjectFeed feed =
      new ProjectFeed(new Generation(Ids.next(), BATCH, true, List.of(ONE, TWO)), BATCH);

  private static StepChange step(int ordinal, StepKind kind, int group, StepState state) {
    return new StepChange(new UUID(7, ordinal), ordinal, kind, group, 1, state);
  }

  private static List<StepChange> atAudio() {
    return List.of(
        step(0, StepKind.AUDIO, 0, StepState.SUCCEEDED),
        step(1, StepKind.AUDIO, 1, StepState.RUNNING),
        step(2, StepKind.I2I, 0, StepState.WAITING),
        step(3, StepKind.I2V, 0, StepState.WAITING));
  }

  private List<String> told(boolean again, StepChange... changes) {
    return feed.delta(List.of(changes), AT, BatchStatus.RUNNING, again).stream()
        .map(message -> ContractJson.mapper().writeValueAsString(message))
        .toList();
  }

  @Test
  void aJobThatEndsIsToldOnceWithItsSentenceAndThePositionToGoOnFrom() {
    feed.begin(atAudio());

    List<String> told = told(false, step(1, StepKind.AUDIO, 1, StepState.SUCCEEDED));

    assertThat(told.getFirst())
        .contains("\"type\":\"job_complete\"")
        .contains("\"sentenceId\":\"" + TWO + "\"")
        .contains("\"stage\":\"audio\"")
        .contains("\"position\":\"" + BATCH + "@3:17\"");
    assertThat(told(false, step(1, StepKind.AUDIO, 1, StepState.SUCCEEDED))).isEmpty();
  }

  @Test
  void theStageChangesWithTheLastJobOfTheOneBefore() {
    feed.begin(atAudio());

    assertThat(told(false, step(1, StepKind.AUDIO, 1, StepState.UNKNOWN)))
        .singleElement()
        .satisfies(message ->
            assertThat(message)
                .contains("\"type\":\"generation_stage_change\"")
                .contains("\"stage\":\"images\"")
                .contains("\"stageTotal\":1"));
    assertThat(told(false, step(2, StepKind.I2I, 0, StepState.RUNNING))).isEmpty();
    assertThat(
            told(
                false,
                step(2, StepKind.I2I, 0, StepState.FAILED),
                step(3, StepKind.I2V, 0, StepState.SKIPPED)))
        .satisfiesExactly(
            message -> assertThat(message).contains("\"job_failed\"").contains("FAILED"),
            message -> assertThat(message).contains("\"job_failed\"").contains("SKIPPED"),
            message -> assertThat(message).contains("\"stage\":\"done\""));
  }

  @Test
  void whoComesBackIsToldWhatItMayHaveMissed() {
    feed.begin(atAudio());

    assertThat(told(true, step(0, StepKind.AUDIO, 0, StepState.SUCCEEDED)))
        .singleElement()
        .satisfies(message -> assertThat(message).contains("job_complete"));
  }

  @Test
  void aPositionIsReadAsItIsWrittenAndNothingElseIs() {
    ProjectPosition position = new ProjectPosition(BATCH, AT);

    assertThat(ProjectPosition.parse(position.toString())).contains(position);
    assertThat(ProjectPosition.parse(null)).isEmpty();
    assertThat(ProjectPosition.parse("3:17")).isEmpty();
    assertThat(ProjectPosition.parse(BATCH + "@")).isEmpty();
    assertThat(ProjectPosition.parse("x@3:17")).isEmpty();
  }
}
