package io.kombine.i2v.provider.kling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Kling answers.
 *
 * @param code 0 for success, whatever the HTTP status; that status where the answer was not Kling's
 * @param message for people
 * @param task absent in an answer without success
 */
record KlingReply(int code, @Nullable String message, @JsonProperty("data") @Nullable Task task) {

  /**
   * A task.
   *
   * @param id Kling's
   * @param status {@code submitted}, {@code processing}, {@code succeed} or {@code failed}
   * @param statusMessage why it failed
   */
  record Task(
      @JsonProperty("task_id") @Nullable String id,
      @JsonProperty("task_status") @Nullable String status,
      @JsonProperty("task_status_msg") @Nullable String statusMessage,
      @JsonProperty("task_result") @Nullable Result result) {

    /** Where the first video is, if there is one. */
    @Nullable String videoUrl() {
      List<Video> videos = result == null ? null : result.videos();
      return videos == null || videos.isEmpty() ? null : videos.getFirst().url();
    }
  }

  /** What came out. */
  record Result(@Nullable List<Video> videos) {}

  /** One video. */
  record Video(@Nullable String url) {}
}
