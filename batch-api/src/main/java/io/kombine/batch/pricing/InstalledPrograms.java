package io.kombine.batch.pricing;

import io.kombine.batch.pricing.ModelsProperties.ModelEntry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a model needs is there: what configuration says, or else what this machine's {@code
 * PATH} has when the service starts. A worker's word is not waited for, since a request must get
 * the same answer whether a worker happens to be up or not.
 */
final class InstalledPrograms {

  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  private InstalledPrograms() {}

  /** The package that is missing for a model; null where none is. */
  static @Nullable String missingPackage(ModelEntry model) {
    return missingPackage(model, System.getenv().getOrDefault("PATH", ""));
  }

  static @Nullable String missingPackage(ModelEntry model, String path) {
    String program = model.needsProgram();
    Boolean told = model.installed();
    if (program == null) {
      return null;
    }
    boolean there = told != null ? told : isOn(path, program);
    return there ? null : model.needsPackage();
  }

  private static boolean isOn(String path, String program) {
    return SEPARATOR
        .splitAsStream(path)
        .filter(directory -> !directory.isEmpty())
        .anyMatch(directory -> isExecutable(directory, program));
  }

  private static boolean isExecutable(String directory, String program) {
    try {
      return Files.isExecutable(Path.of(directory).resolve(program));
    } catch (InvalidPathException notOne) {
      return false;
    }
  }
}
