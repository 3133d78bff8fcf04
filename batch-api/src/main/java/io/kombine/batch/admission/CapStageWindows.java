package io.kombine.batch.admission;

import io.kombine.contracts.StepKind;
import io.kombine.worker.topic.StageProperties;
import org.springframework.stereotype.Component;

/** Windows that follow the configured caps and the call times observed. */
@Component
class CapStageWindows implements StageWindows {

  private final StageProperties stages;
  private final CallTimes callTimes;

  CapStageWindows(StageProperties stages, CallTimes callTimes) {
    this.stages = stages;
    this.callTimes = callTimes;
  }

  @Override
  public int size(Stage stage) {
    return AdmissionWindow.size(cap(stage.kind()), callTimes.mean(stage));
  }

  @Override
  public int cap(StepKind kind) {
    return stages.of(kind).calls();
  }
}
