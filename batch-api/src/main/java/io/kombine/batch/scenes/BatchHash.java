package io.kombine.batch.scenes;

import io.kombine.batch.plan.ContentKeys;
import io.kombine.contracts.ContractJson;
import java.util.Comparator;
import java.util.List;

/**
 * SHA-256 over the canonical rows of a batch: trimmed, by scene, without the day or anything else
 * that is not in them. Equal rows have equal hashes in any order and on any day.
 */
final class BatchHash {

  private BatchHash() {}

  static String of(List<Scene> scenes) {
    List<Scene> canonical = scenes.stream().sorted(Comparator.comparing(Scene::sceneId)).toList();
    return ContentKeys.sha256(ContractJson.mapper().writeValueAsString(canonical));
  }
}
