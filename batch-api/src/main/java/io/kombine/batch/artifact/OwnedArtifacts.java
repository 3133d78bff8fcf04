package io.kombine.batch.artifact;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Ids;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Which artifacts an owner may address: one id per owner and content. */
@Repository
public class OwnedArtifacts {

  private static final int MAX_NAME = 255;

  private final JdbcClient jdbc;
  private final Clock clock;

  OwnedArtifacts(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Gives the owner an id for an artifact; the same one for the same bytes. Joins a running
   * transaction.
   *
   * @param name the file name it came under; the latest one stays
   */
  @Transactional
  public UUID register(String owner, ArtifactRef artifact, @Nullable String name) {
    return jdbc.sql(
            """
            INSERT INTO artifacts (artifact_id, owner, sha256, artifact, created_at, name)
            VALUES (?, ?, ?, CAST(? AS jsonb), ?, ?)
            ON CONFLICT (owner, sha256)
              DO UPDATE SET name = coalesce(excluded.name, artifacts.name)
            RETURNING artifact_id
            """)
        .param(Ids.next())
        .param(owner)
        .param(artifact.sha256())
        .param(ContractJson.mapper().writeValueAsString(artifact))
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .param(name == null ? null : name.substring(0, Math.min(name.length(), MAX_NAME)))
        .query(UUID.class)
        .single();
  }

  /** The owner's artifact of that id; another owner's is none. */
  @Transactional(readOnly = true)
  public Optional<OwnedArtifact> find(String owner, UUID id) {
    return jdbc.sql("SELECT artifact, name FROM artifacts WHERE artifact_id = ? AND owner = ?")
        .params(id, owner)
        .query((row, _) ->
            new OwnedArtifact(
                id,
                ContractJson.mapper().readValue(row.getString("artifact"), ArtifactRef.class),
                row.getString("name")))
        .optional();
  }
}
