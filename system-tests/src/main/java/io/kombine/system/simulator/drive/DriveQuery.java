package io.kombine.system.simulator.drive;

import io.kombine.system.simulator.http.BadRequestException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A search in Drive's query language, of which terms joined by {@code and} are understood: parents,
 * trashed, name, mimeType and appProperties. Anything else is refused.
 *
 * @param folder the parent, when there is one; makes the search fast
 */
record DriveQuery(@Nullable String folder, Predicate<DriveFile> filter) {

  private static final String TEXT = "'((?:[^'\\\\]|\\\\.)*)'";
  private static final Pattern PARENT = Pattern.compile(TEXT + "\\s+in\\s+parents");
  private static final Pattern TRASHED = Pattern.compile("trashed\\s*=\\s*(true|false)");
  private static final Pattern FIELD =
      Pattern.compile("(name|mimeType)\\s*(=|!=|contains)\\s*" + TEXT);
  private static final Pattern PROPERTY =
      Pattern.compile(
          "appProperties\\s+has\\s*\\{\\s*key\\s*=\\s*"
              + TEXT
              + "\\s+and\\s+value\\s*=\\s*"
              + TEXT
              + "\\s*\\}");
  private static final Pattern AND = Pattern.compile("\\s+and\\s+");

  static DriveQuery of(String text) {
    String folder = null;
    Predicate<DriveFile> filter = _ -> true;
    String left = text.strip();
    while (!left.isEmpty()) {
      Matcher parent = PARENT.matcher(left);
      Matcher trashed = TRASHED.matcher(left);
      Matcher field = FIELD.matcher(left);
      Matcher property = PROPERTY.matcher(left);
      int end;
      if (parent.lookingAt()) {
        String wanted = unescape(parent.group(1));
        folder = wanted;
        filter = filter.and(file -> file.parent().equals(wanted));
        end = parent.end();
      } else if (trashed.lookingAt()) {
        boolean wanted = Boolean.parseBoolean(trashed.group(1));
        filter = filter.and(file -> file.trashed() == wanted);
        end = trashed.end();
      } else if (field.lookingAt()) {
        filter = filter.and(field(field.group(1), field.group(2), unescape(field.group(3))));
        end = field.end();
      } else if (property.lookingAt()) {
        String key = unescape(property.group(1));
        String value = unescape(property.group(2));
        filter = filter.and(file -> value.equals(file.appProperties().get(key)));
        end = property.end();
      } else {
        throw new BadRequestException("Invalid Value: q");
      }
      left = afterAnd(left.substring(end));
    }
    return new DriveQuery(folder, filter);
  }

  private static String afterAnd(String rest) {
    if (rest.isBlank()) {
      return "";
    }
    Matcher and = AND.matcher(rest);
    if (!and.lookingAt() || and.end() == rest.length()) {
      throw new BadRequestException("Invalid Value: q");
    }
    return rest.substring(and.end());
  }

  private static Predicate<DriveFile> field(String name, String operator, String value) {
    return file -> {
      String actual = name.equals("name") ? file.name() : file.mimeType();
      return switch (operator) {
        case "=" -> actual.equals(value);
        case "!=" -> !actual.equals(value);
        default -> actual.contains(value);
      };
    };
  }

  private static String unescape(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }
}
