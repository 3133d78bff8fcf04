package io.kombine.system.simulator.kling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of all accounts, by their id and by their caller's. Thread-safe. Remembers at most
 * {@value #MAX_TASKS} tasks; the oldest are forgotten beyond that.
 */
final class KlingTasks {

  static final int MAX_TASKS = 200_000;

  private record External(String keyId, String externalId) {}

  private final Map<String, KlingTask> byId = new LinkedHashMap<>();
  private final Map<External, String> byExternalId = new HashMap<>();

  /**
   * Adds a task.
   *
   * @return false when the account has one with that external id already
   */
  synchronized boolean add(KlingTask task) {
    if (!task.externalId().isEmpty()) {
      External external = new External(task.keyId(), task.externalId());
      if (byExternalId.putIfAbsent(external, task.id()) != null) {
        return false;
      }
    }
    byId.put(task.id(), task);
    if (byId.size() > MAX_TASKS) {
      Iterator<KlingTask> oldest = byId.values().iterator();
      KlingTask forgotten = oldest.next();
      oldest.remove();
      byExternalId.remove(new External(forgotten.keyId(), forgotten.externalId()));
    }
    return true;
  }

  /** Whether the account has a task with that external id. */
  synchronized boolean hasExternal(String keyId, String externalId) {
    return byExternalId.containsKey(new External(keyId, externalId));
  }

  /** The account's task with that id of either kind. */
  Optional<KlingTask> find(String keyId, String id) {
    return byId(keyId, id).or(() -> byExternalId(keyId, id));
  }

  synchronized Optional<KlingTask> byId(String keyId, String id) {
    return Optional.ofNullable(byId.get(id)).filter(task -> task.keyId().equals(keyId));
  }

  synchronized Optional<KlingTask> byExternalId(String keyId, String externalId) {
    return Optional.ofNullable(byExternalId.get(new External(keyId, externalId))).map(byId::get);
  }

  /** The account's tasks, newest first. */
  synchronized List<KlingTask> page(String keyId, int skip, int count) {
    List<KlingTask> own =
        new ArrayList<>(byId.values().stream().filter(task -> task.keyId().equals(keyId)).toList());
    return own.reversed().stream().skip(skip).limit(count).toList();
  }

  synchronized void clear() {
    byId.clear();
    byExternalId.clear();
  }
}
