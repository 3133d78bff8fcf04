package io.kombine.system.simulator.kling;

import io.kombine.system.simulator.http.Json;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** A task as the two generations of the API show it. */
final class KlingView {

  private KlingView() {}

  static ObjectNode legacy(KlingTask task, String videoUrl, Instant now) {
    ObjectNode data = Json.object().put("task_id", task.id());
    KlingTask.State state = task.state(now);
    data.put("task_status", state == KlingTask.State.SUCCEEDED ? "succeed" : word(state));
    data.put("task_status_msg", state == KlingTask.State.FAILED ? task.failure() : "");
    data.putObject("task_info").put("external_task_id", task.externalId());
    data.put("created_at", task.created().toEpochMilli());
    data.put("updated_at", task.updated(now).toEpochMilli());
    if (state == KlingTask.State.SUCCEEDED) {
      data.putObject("task_result")
          .putArray("videos")
          .addObject()
          .put("id", "v-" + task.id())
          .put("url", videoUrl)
          .put("duration", task.seconds() + ".0");
    }
    return data;
  }

  static ObjectNode modern(KlingTask task, String videoUrl, Instant now) {
    KlingTask.State state = task.state(now);
    ObjectNode data = Json.object().put("id", task.id()).put("status", word(state));
    data.put("create_time", task.created().toEpochMilli());
    data.put("update_time", task.updated(now).toEpochMilli());
    data.put("external_id", task.externalId());
    if (state == KlingTask.State.FAILED) {
      data.put("message", task.failure());
    }
    if (state == KlingTask.State.SUCCEEDED) {
      data.putArray("outputs")
          .addObject()
          .put("id", "v-" + task.id())
          .put("type", "video")
          .put("url", videoUrl)
          .put("duration", task.seconds() + ".0");
    }
    return data;
  }

  private static String word(KlingTask.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
