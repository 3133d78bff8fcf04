package io.kombine.system.simulator.drive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the drive. Two folders are there from the start: {@code root}, the user's own, and
 * {@value #SHARED_DRIVE}. Thread-safe. Holds at most {@value #MAX_FILES} files, beyond which the
 * storage quota is used up.
 */
final class DriveFiles {

  static final String SHARED_DRIVE = "0AsimulatorSharedDrive";
  static final String ROOT = "root";
  static final int MAX_FILES = 500_000;

  private final Map<String, DriveFile> files = new LinkedHashMap<>();
  private final Map<String, Set<String>> children = new HashMap<>();

  /** What came of adding a file. */
  enum Added {
    DONE,
    ID_IN_USE,
    NO_PARENT,
    FULL
  }

  synchronized Added check(DriveFile file) {
    if (files.containsKey(file.id())) {
      return Added.ID_IN_USE;
    }
    if (!isFolder(file.parent())) {
      return Added.NO_PARENT;
    }
    return files.size() >= MAX_FILES ? Added.FULL : Added.DONE;
  }

  synchronized Added add(DriveFile file) {
    Added added = check(file);
    if (added == Added.DONE) {
      files.put(file.id(), file);
      children.computeIfAbsent(file.parent(), _ -> new HashSet<>()).add(file.id());
    }
    return added;
  }

  private boolean isFolder(String id) {
    DriveFile folder = files.get(id);
    return id.equals(ROOT) || id.equals(SHARED_DRIVE) || (folder != null && folder.isFolder());
  }

  synchronized Optional<DriveFile> find(String id) {
    return id.equals(ROOT) || id.equals(SHARED_DRIVE)
        ? Optional.of(DriveFile.top(id))
        : Optional.ofNullable(files.get(id));
  }

  /** Gives a file other content; says whether it was there. */
  synchronized boolean replace(DriveFile file) {
    return files.computeIfPresent(file.id(), (_, _) -> file) != null;
  }

  /** Whether a folder is in the shared drive, or is it. */
  synchronized boolean isShared(String id) {
    String at = id;
    while (true) {
      if (at.equals(SHARED_DRIVE)) {
        return true;
      }
      DriveFile file = files.get(at);
      if (file == null) {
        return false;
      }
      at = file.parent();
    }
  }

  /** Removes a file, or a folder with all that is in it; says whether it was there. */
  synchronized boolean remove(String id) {
    DriveFile removed = files.get(id);
    if (removed == null) {
      return false;
    }
    children.getOrDefault(removed.parent(), new HashSet<>()).remove(id);
    Deque<String> left = new ArrayDeque<>(List.of(id));
    while (!left.isEmpty()) {
      String next = left.pop();
      files.remove(next);
      left.addAll(children.getOrDefault(next, Set.of()));
      children.remove(next);
    }
    return true;
  }

  /** Those in the folder, or all, that pass; oldest first. */
  synchronized List<DriveFile> list(@Nullable String folder, Predicate<DriveFile> filter) {
    if (folder == null) {
      return files.values().stream().filter(filter).toList();
    }
    return children.getOrDefault(folder, Set.of()).stream()
        .map(files::get)
        .filter(file -> file != null && filter.test(file))
        .sorted(Comparator.comparing(DriveFile::created).thenComparing(DriveFile::id))
        .toList();
  }

  /** Everything with its path. */
  synchronized List<DriveEntry> tree() {
    List<DriveEntry> tree = new ArrayList<>();
    for (DriveFile file : files.values()) {
      tree.add(
          new DriveEntry(
              path(file), file.id(), file.mimeType(), file.size(), file.sha256(), file.created()));
    }
    return tree;
  }

  private String path(DriveFile file) {
    DriveFile parent = files.get(file.parent());
    return (parent == null ? "/" + file.parent() : path(parent)) + "/" + file.name();
  }

  synchronized void clear() {
    files.clear();
    children.clear();
  }
}
