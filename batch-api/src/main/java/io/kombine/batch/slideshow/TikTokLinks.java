package io.kombine.batch.slideshow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads addresses of TikTok posts in all shapes that TikTok hands out (as gallery-dl and yt-dlp
 * know them): {@code tiktok.com/@USER/photo/ID} and {@code /video/ID}, {@code /embed/ID}, {@code
 * tiktokv.com/share/video/ID}, {@code m.tiktok.com/v/ID.html}, and the short {@code
 * vm.tiktok.com/CODE}, {@code vt.tiktok.com/CODE} and {@code tiktok.com/t/CODE}; with or without
 * scheme, query and fragment. Pure: asks no network.
 */
public final class TikTokLinks {

  /** Characters of one link. */
  public static final int MAX_LENGTH = 2_048;

  private static final String ID = "(?<id>\\d{1,20})";
  private static final String CODE = "(?<code>[A-Za-z0-9_-]{1,40})";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?<host>[^/?#]*)(?<path>[^?#]*).*");
  private static final Pattern POST =
      Pattern.compile("/@(?<user>[\\w.-]{0,64})/(?:photo|video)/" + ID + "/?");
  private static final Pattern EMBED = Pattern.compile("/embed(?:/v\\d)?/" + ID + "/?");
  private static final Pattern SHARE = Pattern.compile("/share/(?:video|photo)/" + ID + "/?");
  private static final Pattern MOBILE = Pattern.compile("/v/" + ID + "(?:\\.html)?/?");
  private static final Pattern SHORT_PATH = Pattern.compile("/t/" + CODE + "/?");
  private static final Pattern SHORT_HOST = Pattern.compile("/" + CODE + "/?");
  private static final Pattern PROFILE = Pattern.compile("/@[\\w.-]*/?");

  private static final Set<String> MAIN_HOSTS =
      Set.of("tiktok.com", "www.tiktok.com", "m.tiktok.com");
  private static final Set<String> SHARE_HOSTS = Set.of("tiktokv.com", "www.tiktokv.com");
  private static final Set<String> SHORT_HOSTS = Set.of("vm.tiktok.com", "vt.tiktok.com");

  private TikTokLinks() {}

  /** What a text turned out to be. */
  public sealed interface Reading {}

  /** A post's link. */
  public record Post(TikTokLink link) implements Reading {}

  /**
   * Anything else.
   *
   * @param reason goes on from the text, such as {@code is no TikTok address}
   */
  public record Refused(String reason) implements Reading {}

  /** Reads one link; spaces around it do not matter. */
  public static Reading read(String text) {
    String link = text.strip();
    if (link.length() > MAX_LENGTH) {
      return new Refused("has more than " + MAX_LENGTH + " characters");
    }
    if (link.isEmpty() || link.codePoints().anyMatch(TikTokLinks::isNoLetterOfAddresses)) {
      return new Refused("is no web address");
    }
    Matcher address = ADDRESS.matcher(link);
    if (!address.matches()) {
      return new Refused("is no web address");
    }
    String scheme = address.group("scheme");
    if (scheme != null && !scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
      return new Refused("is no http or https address");
    }
    String host = address.group("host").toLowerCase(Locale.ROOT);
    String path = decoded(address.group("path"));
    if (SHORT_HOSTS.contains(host)) {
      return shortLink(SHORT_HOST.matcher(path), "https://" + host + "/");
    }
    if (SHARE_HOSTS.contains(host)) {
      return post(SHARE.matcher(path));
    }
    if (MAIN_HOSTS.contains(host)) {
      return ofMainHost(path);
    }
    return new Refused("is no TikTok address");
  }

  private static Reading ofMainHost(String path) {
    Matcher post = POST.matcher(path);
    if (post.matches()) {
      return new Post(link(post.group("user"), post.group("id")));
    }
    for (Pattern shape : Set.of(EMBED, MOBILE, SHARE)) {
      if (post(shape.matcher(path)) instanceof Post found) {
        return found;
      }
    }
    Matcher code = SHORT_PATH.matcher(path);
    if (code.matches()) {
      return shortLink(code, "https://www.tiktok.com/t/");
    }
    return new Refused(
        PROFILE.matcher(path).matches() && !path.equals("/@")
            ? "leads to a profile, not to a post"
            : "is a TikTok address, but not of a post");
  }

  private static Reading post(Matcher path) {
    return path.matches()
        ? new Post(link("", path.group("id")))
        : new Refused("is a TikTok address, but not of a post");
  }

  private static Reading shortLink(Matcher path, String before) {
    return path.matches()
        ? new Post(new TikTokLink(before + path.group("code"), null, null))
        : new Refused("is a TikTok address, but not of a post");
  }

  private static TikTokLink link(String user, String id) {
    String digits = id.replaceFirst("^0+(?=\\d)", "");
    // why /video/ also for slideshows: both words lead to the same post
    return new TikTokLink(
        "https://www.tiktok.com/@" + user + "/video/" + digits,
        user.isEmpty() ? null : user,
        digits);
  }

  private static boolean isNoLetterOfAddresses(int c) {
    return c <= ' ' || c == 0x7f || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** With {@code %40} for the at sign, as some apps copy it. */
  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return path;
    }
  }
}
