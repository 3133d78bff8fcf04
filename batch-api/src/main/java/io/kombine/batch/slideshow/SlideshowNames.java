package io.kombine.batch.slideshow;

import io.kombine.batch.tree.SafeNames;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Folders of the tree: {@code Link_001_@username/variation_1}, links and variations from 1. */
final class SlideshowNames {

  static final String UNKNOWN_USER = "unknown";

  private static final int MAX_USER = 64;

  /** What TikTok lets users call themselves; safe as it is at the end of a folder's name. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{0,63}[A-Za-z0-9_-]");

  private SlideshowNames() {}

  /**
   * @param index of the link, from 0
   */
  static String link(int index, @Nullable String username) {
    String user = username == null ? UNKNOWN_USER : username;
    return String.format(
        Locale.ROOT,
        "Link_%03d_@%s",
        index + 1,
        PLAIN.matcher(user).matches() ? user : SafeNames.of(user, UNKNOWN_USER, MAX_USER));
  }

  /**
   * @param index of the variation, from 0
   */
  static String variation(int index) {
    return "variation_" + (index + 1);
  }
}
