package io.kombine.batch.slideshow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A link to a TikTok post, whether it shows a slideshow or not.
 *
 * @param url without query and fragment, in the one form that all ways to write it lead to
 * @param username of the post's author, without the at sign; absent where the link does not say it
 * @param postId decimal digits; absent on a short link, which tells it only when it is followed
 */
public record TikTokLink(String url, @Nullable String username, @Nullable String postId) {

  /** What two links to one post have in common: the post, or the very address of a short link. */
  @JsonIgnore
  public String identity() {
    return postId == null ? url : postId;
  }
}
