package io.kombine.batch.admission;

import io.kombine.batch.admission.GroupPlaces.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Hands out places to groups of batches that limit them, within the pass's transaction. Only passes
 * do, and they follow one another, so a limit is counted right whatever else moves steps.
 */
@Repository
class GroupRows {

  private record Limited(UUID batchId, int limit) {}

  private final JdbcClient jdbc;

  GroupRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes places from groups that cannot go on, and gives them to those next in turn. */
  void place() {
    Map<Limited, List<Group>> going = going();
    going.forEach((batch, groups) -> {
      Set<Integer> places = GroupPlaces.of(batch.limit(), groups);
      jdbc.sql(
              """
              UPDATE batch_groups SET in_progress = NOT in_progress
              WHERE batch_id = ? AND in_progress <> (group_index = ANY (?))
              """)
          .params(batch.batchId(), places.toArray(Integer[]::new))
          .update();
    });
  }

  private Map<Limited, List<Group>> going() {
    Map<Limited, List<Group>> going = new LinkedHashMap<>();
    jdbc.sql(
            """
            SELECT b.batch_id, b.group_limit, s.group_index, g.in_progress,
              bool_or(s.granted OR s.state <> 'READY') AS under_way
            FROM batches b
            JOIN steps s ON s.batch_id = b.batch_id
            JOIN batch_groups g ON g.batch_id = b.batch_id AND g.group_index = s.group_index
            WHERE b.group_limit IS NOT NULL AND b.finished_at IS NULL AND NOT b.planning
              AND (s.granted OR s.state IN ('READY', 'QUEUED', 'RUNNING', 'RETRY_WAIT'))
            GROUP BY b.batch_id, s.group_index, g.in_progress
            """)
        .query(row -> {
          going
              .computeIfAbsent(
                  new Limited(row.getObject("batch_id", UUID.class), row.getInt("group_limit")),
                  any -> new ArrayList<>())
              .add(
                  new Group(
                      row.getInt("group_index"),
                      row.getBoolean("under_way"),
                      row.getBoolean("in_progress")));
        });
    return going;
  }
}
