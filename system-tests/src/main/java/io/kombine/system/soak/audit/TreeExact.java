package io.kombine.system.soak.audit;

import io.kombine.system.soak.audit.Evidence.FileFacts;
import io.kombine.system.soak.audit.Evidence.StepFacts;
import io.kombine.system.soak.audit.Evidence.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A batch's folder has exactly the files that its manifest names, each with its length and SHA-256,
 * and the manifest tells of the steps as they are.
 */
final class TreeExact implements Guarantee {

  @Override
  public String name() {
    return "TREE_EXACT";
  }

  @Override
  public List<Violation> check(Evidence evidence) {
    List<String> found = new ArrayList<>();
    for (Tree tree : evidence.trees()) {
      check(tree, found);
      for (StepFacts step : evidence.steps()) {
        String told = tree.states().get(step.id());
        if (step.batchId().equals(tree.batchId())
            && tree.manifest() != null
            && !step.state().equals(told)) {
          found.add("The manifest says %s of the %s.".formatted(told, step));
        }
      }
    }
    return found.stream().map(what -> new Violation(name(), what)).toList();
  }

  private static void check(Tree tree, List<String> found) {
    UUID batch = tree.batchId();
    if (tree.manifest() == null) {
      found.add("Batch %s has no manifest in its folder.".formatted(batch));
      return;
    }
    for (String path : tree.undelivered()) {
      found.add("Batch %s has an output that was not delivered: %s.".formatted(batch, path));
    }
    Map<String, FileFacts> files = new TreeMap<>(tree.files());
    new TreeMap<>(tree.manifest())
        .forEach((path, expected) -> {
          FileFacts file = files.remove(path);
          if (file == null) {
            found.add("Batch %s lacks the file %s.".formatted(batch, path));
          } else if (!file.equals(expected)) {
            found.add(
                "Batch %s has the file %s as %s, not as %s."
                    .formatted(batch, path, file, expected));
          }
        });
    files
        .keySet()
        .forEach(path ->
            found.add(
                "Batch %s has a file that its manifest does not name: %s.".formatted(batch, path)));
  }

  @Override
  public String toString() {
    return name();
  }
}
