package io.kombine.batch.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A source's URL with its place in the request.
 *
 * @param field for problems, such as {@code links[3].product_photo}
 */
public record SourceField(String field, String url) {

  /** The elements of a list, named by their index. */
  public static List<SourceField> of(String list, List<String> urls) {
    List<SourceField> fields = new ArrayList<>();
    for (int i = 0; i < urls.size(); i++) {
      fields.add(new SourceField(list + "[" + i + "]", urls.get(i)));
    }
    return fields;
  }
}
