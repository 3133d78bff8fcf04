package io.kombine.upload.tree;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules a name of a file or folder keeps so that Linux, macOS, Windows and drives agree. */
final class SafeName {

  static final int MAX_CHARS = 120;
  static final int MAX_BYTES = 255;

  /** Separators, and what Windows forbids. */
  private static final String FORBIDDEN = "/\\<>:\"|?*";

  /** Devices on Windows, whatever follows a dot: {@code nul.txt} is the null device. */
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³]) *(\\..*)?");

  private SafeName() {}

  static void check(String name) {
    if (name.isEmpty()) {
      throw new UnsafePathException("A name is empty.");
    }
    if (name.length() > MAX_CHARS) {
      throw new UnsafePathException("A name has more than " + MAX_CHARS + " characters.");
    }
    if (name.codePoints().anyMatch(SafeName::isUnprintable)) {
      throw new UnsafePathException(
          "A name has control characters, line separators or broken characters.");
    }
    refuse(
        name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES,
        name,
        "has more than " + MAX_BYTES + " bytes");
    refuse(!Normalizer.isNormalized(name, Normalizer.Form.NFC), name, "is not in form NFC");
    refuse(
        name.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0),
        name,
        "has one of the characters " + FORBIDDEN);
    refuse(name.endsWith(".") || name.endsWith(" "), name, "ends with a dot or a space");
    refuse(name.startsWith(" "), name, "begins with a space");
    refuse(DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches(), name, "is a device on Windows");
  }

  private static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void refuse(boolean unsafe, String name, String why) {
    if (unsafe) {
      throw new UnsafePathException("The name '" + name + "' " + why + ".");
    }
  }
}
