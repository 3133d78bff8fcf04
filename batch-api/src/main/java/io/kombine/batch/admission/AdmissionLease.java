package io.kombine.batch.admission;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets one replica admit at a time, by the database's clock. It saves work only: two admitters at
 * once would be held apart by compare-and-set on the steps.
 */
@Repository
class AdmissionLease {

  private final JdbcClient jdbc;

  AdmissionLease(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes the lease if it has run out, or renews it if it is the owner's. */
  @Transactional
  boolean hold(String owner, Duration lease) {
    return jdbc.sql(
                """
                UPDATE admission_lease
                SET owner = :owner, until = now() + make_interval(secs => :seconds)
                WHERE owner = :owner OR until < now()
                """)
            .param("owner", owner)
            .param("seconds", lease.toMillis() / 1000.0)
            .update()
        == 1;
  }

  /** Lets the next replica take it at once. */
  @Transactional
  void release(String owner) {
    jdbc.sql("UPDATE admission_lease SET owner = NULL, until = '-infinity' WHERE owner = ?")
        .param(owner)
        .update();
  }
}
