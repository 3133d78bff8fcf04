package io.kombine.upload.drive.local;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * The drive's folder, and the only way into it: every folder handed out lies inside it, whatever
 * names are asked for and wherever links inside it point to. People who swap folders for links
 * while a file is being written are beyond it.
 */
final class DriveRoot {

  /** Unfinished copies; beside the trees, since a rename is atomic within one file system only. */
  static final String INCOMING = ".kombine-incoming";

  private final Path directory;

  DriveRoot(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /** Where people find it. */
  String url(String id) {
    return directory.resolve(id).toUri().toString();
  }

  Path incoming() throws DriveRefusedException, IOException {
    return descend(real(), List.of(INCOMING));
  }

  /** The folder with this id, created with its parents where missing; a real path. */
  Path folder(String id) throws DriveRefusedException, IOException {
    return descend(real(), names(id));
  }

  /** The folder that the thing with this id lies in, created where missing; a real path. */
  Path folderOf(String id) throws DriveRefusedException, IOException {
    List<String> names = names(id);
    return descend(real(), names.subList(0, names.size() - 1));
  }

  static String lastName(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /** The root itself is never created here: an unmounted drive must not be written beside. */
  private Path real() throws IOException {
    Path real = directory.toRealPath();
    if (!Files.isDirectory(real)) {
      throw new NotDirectoryException(real.toString());
    }
    return real;
  }

  private static List<String> names(String id) throws DriveRefusedException {
    List<String> names = Arrays.asList(id.split("/", -1));
    for (String name : names) {
      if (name.isEmpty()
          || name.equals(".")
          || name.equals("..")
          || name.indexOf('\\') >= 0
          || name.indexOf('\0') >= 0) {
        throw new DriveRefusedException("'" + id + "' is no path inside the drive.");
      }
    }
    if (names.getFirst().equalsIgnoreCase(INCOMING)) {
      throw new DriveRefusedException("The folder '" + INCOMING + "' is the drive's own.");
    }
    return names;
  }

  private static Path descend(Path root, List<String> names)
      throws DriveRefusedException, IOException {
    Path at = root;
    for (String name : names) {
      at = child(root, at, name);
    }
    return at;
  }

  private static Path child(Path root, Path parent, String name)
      throws DriveRefusedException, IOException {
    Path child = resolve(parent, name);
    if (!Files.exists(child, LinkOption.NOFOLLOW_LINKS)) {
      create(child, parent);
    }
    Path real = child.toRealPath();
    if (!real.startsWith(root)) {
      throw new DriveRefusedException("The folder '" + name + "' is a link out of the drive.");
    }
    if (!Files.isDirectory(real)) {
      throw new DriveRefusedException("'" + name + "' is a file where a folder is needed.");
    }
    return real;
  }

  static Path resolve(Path parent, String name) throws DriveRefusedException {
    try {
      Path child = parent.resolve(name);
      if (!parent.equals(child.getParent())) {
        throw new DriveRefusedException("'" + name + "' is no name of a file or folder.");
      }
      return child;
    } catch (InvalidPathException e) {
      throw new DriveRefusedException("This file system cannot name '" + name + "'.", e);
    }
  }

  private static void create(Path child, Path parent) throws IOException {
    try {
      Files.createDirectory(child);
    } catch (FileAlreadyExistsException _) {
      return; // another uploader was faster; what it is gets checked next
    }
    force(parent);
  }

  /** Forces a directory's entries; file systems that cannot open directories keep them anyway. */
  static void force(Path directory) throws IOException {
    if (File.separatorChar == '\\') {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
