package io.kombine.i2v.provider.fal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An app of fal's, which is the model of a step.
 *
 * @param name such as {@code fal-ai/kling-video/v2.6/pro/image-to-video}
 */
record FalApp(String name) {

  /** Requests are found below the first two parts of the name. */
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9_-]+/[A-Za-z0-9_-]+)(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

  private static final Pattern REQUEST = Pattern.compile("[A-Za-z0-9_-]{1,200}");

  /**
   * @throws IllegalArgumentException when no app is named so
   */
  FalApp {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no app is named '" + name + "'");
    }
  }

  /** Whether an answer may be trusted to name a request: its id becomes part of an address. */
  static boolean isRequestId(String id) {
    return REQUEST.matcher(id).matches();
  }

  String pathOf(String requestId) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches() || !isRequestId(requestId)) {
      throw new IllegalArgumentException("no request has the id '" + requestId + "'");
    }
    return "/" + parts.group(1) + "/requests/" + requestId;
  }

  /** Kling from 2.6 on names its first frame otherwise and can make sound. */
  boolean namesStartImage() {
    return name.startsWith("fal-ai/kling-video/")
        && !name.matches(".*/v(1|1\\.\\d|2|2\\.[0-5])(-turbo)?/.*");
  }
}
