package io.kombine.batch.manifest;

import io.kombine.contracts.ContractJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JsonGenerator;

/**
 * The manifest as a file: what was asked of which model with which inputs, what came of it, what it
 * cost, and where it lies. Read and written row by row, so that any batch takes constant memory.
 *
 * <p>PostgreSQL words the rows: a field without a value is left out, amounts keep their digits.
 */
@Component
class ManifestDocument {

  private static final int FETCH = 200;

  private static final String BATCH =
      """
      SELECT jsonb_strip_nulls(jsonb_build_object(
        'batch_id', batch_id, 'kind', lower(kind), 'name', name, 'folder', folder,
        'created_at', created_at, 'started_at', started_at, 'cancelled', hold = 'CANCELLED',
        'cost', jsonb_build_object('currency', currency, 'quoted', quoted, 'spent', spent),
        'files', jsonb_build_object('delivered', (
          SELECT count(*) FROM deliveries d
          WHERE d.batch_id = b.batch_id AND NOT d.manifest AND d.state = 'DELIVERED'),
        'failed', (
          SELECT count(*) FROM deliveries d
          WHERE d.batch_id = b.batch_id AND NOT d.manifest AND d.state = 'FAILED')),
        'steps', (
          SELECT jsonb_object_agg(lower(state), n) FROM (
            SELECT state, sum(steps) AS n FROM step_counts c
            WHERE c.batch_id = b.batch_id GROUP BY state HAVING sum(steps) > 0) counted)))
      FROM batches b WHERE batch_id = ?
      """;

  private static final String GROUPS =
      """
      SELECT jsonb_strip_nulls(jsonb_build_object(
        'index', group_index, 'label', label, 'source_url', source_url,
        'source_sha256', source ->> 'sha256'))
      FROM batch_groups WHERE batch_id = ? ORDER BY group_index
      """;

  private static final String STEPS =
      """
      SELECT jsonb_strip_nulls(jsonb_build_object(
        'step_id', step_id, 'ordinal', ordinal, 'group', group_index, 'kind', kind,
        'parent_step_id', parent_id, 'provider', provider, 'model', model, 'prompt', prompt,
        'prompt_index', prompt_index, 'variation', variation, 'parameters', parameters,
        'state', state, 'attempt', attempt, 'stopped', stopped,
        'cost', cost, 'price', price_amount,
        'error', CASE WHEN error_code IS NOT NULL THEN
          jsonb_build_object('code', error_code, 'message', error_message) END,
        'started_at', started_at, 'finished_at', finished_at,
        'inputs', (
          SELECT jsonb_agg(jsonb_build_object(
            'role', i ->> 'role', 'sha256', i #>> '{artifact,sha256}',
            'parent_output', i -> 'parentOutput'))
          FROM jsonb_array_elements(inputs) AS i),
        'outputs', (
          SELECT jsonb_agg(jsonb_build_object(
            'index', o.output_index, 'sha256', o.artifact ->> 'sha256',
            'media_type', o.artifact ->> 'mediaType', 'bytes', o.artifact -> 'bytes',
            'width_px', o.artifact -> 'widthPx', 'height_px', o.artifact -> 'heightPx',
            'seconds', o.artifact -> 'seconds', 'path', array_to_string(d.path, '/'),
            'delivery', d.state, 'url', d.url, 'delivery_error', d.error_message)
            ORDER BY o.output_index)
          FROM step_outputs o
          LEFT JOIN deliveries d ON d.step_id = o.step_id AND d.output_index = o.output_index
          WHERE o.step_id = s.step_id)))
      FROM steps s WHERE batch_id = ? ORDER BY ordinal
      """;

  private final JdbcTemplate jdbc;

  ManifestDocument(JdbcTemplate jdbc) {
    this.jdbc = new JdbcTemplate(java.util.Objects.requireNonNull(jdbc.getDataSource()));
    this.jdbc.setFetchSize(FETCH);
  }

  /** Writes the manifest of a batch as it is at one moment. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public void write(UUID batchId, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        JsonGenerator json = ContractJson.mapper().createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberProperty("version", 1);
      json.writeName("batch");
      write(json, BATCH, batchId);
      json.writeArrayPropertyStart("groups");
      write(json, GROUPS, batchId);
      json.writeEndArray();
      json.writeArrayPropertyStart("steps");
      write(json, STEPS, batchId);
      json.writeEndArray();
      json.writeEndObject();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(JsonGenerator json, String sql, UUID batchId) {
    RowCallbackHandler value = row -> json.writeRawValue(row.getString(1));
    jdbc.query(sql, value, batchId);
  }
}
