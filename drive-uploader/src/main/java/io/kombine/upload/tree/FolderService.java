package io.kombine.upload.tree;

import io.kombine.upload.drive.Drive;
import io.kombine.upload.drive.DriveOutcome;
import io.kombine.upload.drive.NewFolder;
import io.kombine.worker.crash.CrashPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Sees to it that the folders of a file exist: their ids are generated and recorded before any of
 * them is created, so that a crash, or another uploader, at any point changes nothing. Statements
 * are committed one by one; never call it in a transaction.
 */
@Service
public class FolderService {

  private final FolderRepository repository;
  private final Drive drive;
  private final KnownFolders known = new KnownFolders();

  FolderService(FolderRepository repository, Drive drive) {
    this.repository = repository;
    this.drive = drive;
  }

  /**
   * The folder of a file, created with its parents where missing.
   *
   * @throws org.springframework.dao.DataAccessException when the database cannot be reached
   */
  public DriveOutcome<TreeFolder> ensure(UUID batchId, TreePath file) {
    List<List<String>> chain = file.folders();
    String nearest = text(chain.getLast());
    TreeFolder cached = known.find(batchId, nearest);
    if (cached != null) {
      return new DriveOutcome.Done<>(cached);
    }
    return switch (recorded(batchId, chain)) {
      case DriveOutcome.Wait<List<Folder>> wait -> wait.as();
      case DriveOutcome.Refused<List<Folder>> refused -> refused.as();
      case DriveOutcome.Done<List<Folder>>(List<Folder> folders) -> {
        DriveOutcome<TreeFolder> made = create(batchId, chain, folders);
        if (made instanceof DriveOutcome.Done<TreeFolder>(TreeFolder folder)) {
          known.add(batchId, nearest, folder);
        }
        yield made;
      }
    };
  }

  /** The rows of all folders of the chain, in its order. */
  private DriveOutcome<List<Folder>> recorded(UUID batchId, List<List<String>> chain) {
    List<String> paths = chain.stream().map(FolderService::text).toList();
    Map<String, Folder> rows = byPath(batchId, paths);
    List<List<String>> missing =
        chain.stream().filter(names -> !rows.containsKey(text(names))).toList();
    if (!missing.isEmpty()) {
      switch (drive.generateIds(missing)) {
        case DriveOutcome.Wait<List<String>> wait -> {
          return wait.as();
        }
        case DriveOutcome.Refused<List<String>> refused -> {
          return refused.as();
        }
        case DriveOutcome.Done<List<String>>(List<String> ids) ->
            repository.record(batchId, missing.stream().map(FolderService::text).toList(), ids);
      }
      CrashPoint.FOLDERS_RECORDED.reached(batchId);
      rows.putAll(byPath(batchId, paths));
    }
    List<Folder> folders = new ArrayList<>(paths.size());
    for (String path : paths) {
      Folder folder = rows.get(path);
      if (folder == null) {
        return new DriveOutcome.Refused<>("The folder '" + path + "' belongs to another batch.");
      }
      folders.add(folder);
    }
    return new DriveOutcome.Done<>(folders);
  }

  private Map<String, Folder> byPath(UUID batchId, List<String> paths) {
    Map<String, Folder> rows = new HashMap<>();
    repository.find(batchId, paths).forEach(folder -> rows.put(folder.path(), folder));
    return rows;
  }

  private DriveOutcome<TreeFolder> create(
      UUID batchId, List<List<String>> chain, List<Folder> folders) {
    List<String> paths = new ArrayList<>();
    List<String> urls = new ArrayList<>();
    String batchFolderUrl = null;
    @Nullable String parentId = null;
    for (int i = 0; i < folders.size(); i++) {
      Folder folder = folders.get(i);
      String url = folder.url();
      if (url == null) {
        NewFolder wanted = new NewFolder(folder.driveId(), parentId, chain.get(i).getLast());
        switch (drive.createFolder(wanted)) {
          case DriveOutcome.Wait<String> wait -> {
            return wait.as();
          }
          case DriveOutcome.Refused<String> refused -> {
            return refused.as();
          }
          case DriveOutcome.Done<String>(String made) -> url = made;
        }
        paths.add(folder.path());
        urls.add(url);
      }
      batchFolderUrl = batchFolderUrl == null ? url : batchFolderUrl;
      parentId = folder.driveId();
    }
    if (!paths.isEmpty()) {
      CrashPoint.FOLDERS_CREATED.reached(batchId);
      repository.created(batchId, paths, urls);
    }
    if (parentId == null || batchFolderUrl == null) {
      throw new IllegalStateException("a file has at least its batch's folder above it");
    }
    return new DriveOutcome.Done<>(new TreeFolder(parentId, batchFolderUrl));
  }

  private static String text(List<String> names) {
    return String.join("/", names);
  }
}
