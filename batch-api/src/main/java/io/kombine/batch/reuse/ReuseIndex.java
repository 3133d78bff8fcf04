package io.kombine.batch.reuse;

import io.kombine.batch.plan.ContentKeys;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Looks a plan's steps up among the outputs that an owner has. */
@Repository
public class ReuseIndex {

  private final JdbcClient jdbc;

  ReuseIndex(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The ordinals of the steps whose outputs are there: roots first, then children of such roots,
   * and so on; a child of a step that has yet to run is never among them.
   */
  @Transactional(readOnly = true)
  public Set<Integer> known(String owner, Plan plan) {
    Map<Integer, List<ArtifactRef>> known = new HashMap<>();
    Set<Integer> asked = new HashSet<>();
    while (true) {
      Map<Integer, String> keys = new HashMap<>();
      for (PlannedStep step : plan.steps()) {
        List<StepInput> inputs = asked.contains(step.ordinal()) ? null : inputs(step, known);
        String key =
            inputs == null
                ? null
                : ContentKeys.of(
                    step.model(), step.parameters(), step.prompt(), step.variation(), inputs);
        if (key != null) {
          asked.add(step.ordinal());
          keys.put(step.ordinal(), key);
        }
      }
      if (keys.isEmpty()) {
        return Set.copyOf(known.keySet());
      }
      Map<String, List<ArtifactRef>> found = outputs(owner, Set.copyOf(keys.values()));
      keys.forEach((ordinal, key) -> {
        List<ArtifactRef> outputs = found.getOrDefault(key, List.of());
        if (outputs.size() >= plan.steps().get(ordinal).outputCount()) {
          known.put(ordinal, outputs);
        }
      });
    }
  }

  private static @Nullable List<StepInput> inputs(
      PlannedStep step, Map<Integer, List<ArtifactRef>> known) {
    Integer parent = step.parentOrdinal();
    if (parent == null) {
      return step.inputs();
    }
    List<ArtifactRef> made = known.get(parent);
    if (made == null) {
      return null;
    }
    List<StepInput> filled = new ArrayList<>();
    for (StepInput input : step.inputs()) {
      Integer output = input.parentOutput();
      if (output != null && output >= made.size()) {
        return null;
      }
      filled.add(output == null ? input : StepInput.of(input.role(), made.get(output)));
    }
    return filled;
  }

  private Map<String, List<ArtifactRef>> outputs(String owner, Set<String> keys) {
    Map<String, List<ArtifactRef>> outputs = new HashMap<>();
    jdbc.sql(
            """
            SELECT k.content_key, o.artifact
            FROM content_keys k JOIN step_outputs o USING (step_id)
            WHERE k.owner = ? AND k.content_key = ANY (?)
            ORDER BY k.content_key, o.output_index
            """)
        .params(owner, keys.toArray(String[]::new))
        .query(row -> {
          outputs
              .computeIfAbsent(row.getString("content_key"), any -> new ArrayList<>())
              .add(ContractJson.mapper().readValue(row.getString("artifact"), ArtifactRef.class));
        });
    return outputs;
  }
}
