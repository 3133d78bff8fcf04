package io.kombine.batch.slideshow;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to the slides of a link. The sources are asked in their order until one is responsible.
 * Thread-safe; blocks its thread, meant to be a virtual one; bounded in time.
 */
interface SlideSource {

  /** Whether this source answers for such a link. */
  boolean isFor(Wanted wanted);

  /**
   * Finds the slides and puts them into the artifact store.
   *
   * @throws IOException when the store fails
   */
  SlideAnswer resolve(Wanted wanted) throws IOException, InterruptedException;

  /**
   * A link whose slides are wanted.
   *
   * @param owner whom the slides shall belong to
   * @param number of the link in its batch, from 1
   * @param given URLs of its slides; absent where the client gave none
   */
  record Wanted(String owner, int number, TikTokLink link, @Nullable List<String> given) {
    public Wanted {
      given = given == null ? null : List.copyOf(given);
    }
  }
}
