package io.kombine.upload.tree;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of folders, one per batch and path. Each method is one statement, committed at once. */
@Repository
class FolderRepository {

  private final JdbcClient jdbc;

  FolderRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of the paths that are recorded, at most {@link TreePath#MAX_DEPTH}. */
  List<Folder> find(UUID batchId, List<String> paths) {
    return jdbc.sql(
            """
            select path, drive_id, url from drive_uploader.folders
            where batch_id = ? and path = any(?) order by path
            """)
        .params(batchId, paths.toArray(String[]::new))
        .query((row, n) ->
            new Folder(row.getString("path"), row.getString("drive_id"), row.getString("url")))
        .list();
  }

  /** Records ids of folders to come; a path or id that is recorded already stays as it is. */
  void record(UUID batchId, List<String> paths, List<String> driveIds) {
    jdbc.sql(
            """
            insert into drive_uploader.folders (batch_id, path, drive_id)
            select ?, path, drive_id
            from unnest(?::text[], ?::text[]) with ordinality as new (path, drive_id, position)
            order by position
            on conflict do nothing
            """)
        .params(batchId, paths.toArray(String[]::new), driveIds.toArray(String[]::new))
        .update();
  }

  /** Records that folders exist. */
  void created(UUID batchId, List<String> paths, List<String> urls) {
    jdbc.sql(
            """
            update drive_uploader.folders set url = made.url
            from unnest(?::text[], ?::text[]) as made (path, url)
            where folders.batch_id = ? and folders.path = made.path and folders.url is null
            """)
        .params(paths.toArray(String[]::new), urls.toArray(String[]::new), batchId)
        .update();
  }
}
