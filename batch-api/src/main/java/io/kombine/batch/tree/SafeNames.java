package io.kombine.batch.tree;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes names of folders and files that hold on Linux, macOS, Windows and in object stores, out of
 * anything people type: NFC, no separators, control or invisible characters, no trailing dots or
 * spaces, no device names, at most {@value #MAX_LENGTH} characters and {@value #MAX_BYTES} bytes.
 */
public final class SafeNames {

  /** Of one segment, in UTF-16 units. */
  public static final int MAX_LENGTH = 80;

  /** Of one segment in UTF-8. */
  public static final int MAX_BYTES = 200;

  private static final Set<String> DEVICES = devices();
  private static final Pattern RUNS = Pattern.compile("[\\s_]*_[\\s_]*");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private SafeNames() {}

  /** The name made safe; {@code fallback}, which must be safe, where nothing is left of it. */
  public static String of(String name, String fallback) {
    return of(name, fallback, MAX_LENGTH);
  }

  /** The same with fewer characters, at least 1. */
  public static String of(String name, String fallback, int maxLength) {
    String clean = clean(Normalizer.normalize(name, Normalizer.Form.NFC));
    String cut = trim(cut(trim(clean), Math.min(maxLength, MAX_LENGTH)));
    if (cut.isEmpty()) {
      return fallback;
    }
    if (isDevice(cut)) {
      return trim(cut("file " + cut, Math.min(maxLength, MAX_LENGTH)));
    }
    return cut;
  }

  /**
   * What a file system that ignores case and composition compares. Two safe names with different
   * keys are two files everywhere.
   */
  public static String comparisonKey(String name) {
    String folded = Normalizer.normalize(name, Normalizer.Form.NFKC);
    return Normalizer.normalize(
        folded.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
  }

  private static String clean(String name) {
    StringBuilder text = new StringBuilder(name.length());
    name.codePoints().forEach(c -> text.appendCodePoint(isAllowed(c) ? c : '_'));
    String oneSpace = SPACES.matcher(text).replaceAll(" ");
    return RUNS.matcher(oneSpace).replaceAll("_");
  }

  private static boolean isAllowed(int c) {
    if (c == ' ') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> "\\/:*?\"<>|%".indexOf(c) < 0;
    };
  }

  /** Leading and trailing dots, spaces and dashes hide files, end names or look like options. */
  private static String trim(String name) {
    int from = 0;
    int to = name.length();
    while (from < to && ". _-~".indexOf(name.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && ". _-~".indexOf(name.charAt(to - 1)) >= 0) {
      to--;
    }
    return name.substring(from, to);
  }

  private static String cut(String name, int maxLength) {
    int bytes = 0;
    int at = 0;
    while (at < name.length()) {
      int c = name.codePointAt(at);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > MAX_BYTES || at + Character.charCount(c) > maxLength) {
        break;
      }
      at += Character.charCount(c);
    }
    return Normalizer.normalize(name.substring(0, at), Normalizer.Form.NFC);
  }

  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    return DEVICES.contains(stem.strip().toUpperCase(Locale.ROOT));
  }

  private static Set<String> devices() {
    Set<String> names = new HashSet<>(Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"));
    for (char digit : "0123456789¹²³".toCharArray()) {
      names.add("COM" + digit);
      names.add("LPT" + digit);
    }
    return Set.copyOf(names);
  }
}
