package io.kombine.batch.slideshow;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Pasted links: each is in exactly one of the three lists, in the order of the text. Pure.
 *
 * @param valid posts, each once
 * @param invalid what leads to no post, with the reason
 * @param duplicates links to a post that an earlier link leads to
 */
@JsonNaming(SnakeCaseStrategy.class)
public record LinkList(
    List<Valid> valid, List<Invalid> invalid, List<Duplicate> duplicates, int total) {

  /** Links in one text, whatever they are. */
  public static final int MAX_LINKS = 100;

  private static final Pattern TOKEN = Pattern.compile("[^\\n\\r\\u0085\\u2028\\u2029,\\t]+");
  private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\n\\r\\u0085\\u2028\\u2029]");
  private static final Pattern AROUND =
      Pattern.compile("^[\\s\\p{Z}\\p{Cf}]+|[\\s\\p{Z}\\p{Cf}]+$");

  /**
   * A post.
   *
   * @param position among all links of the text, from 1
   * @param line of the text, from 1
   * @param input as it was pasted
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Valid(
      int position,
      int line,
      String input,
      String url,
      @Nullable String username,
      @Nullable String postId) {}

  /**
   * No post.
   *
   * @param reason goes on from the input, such as {@code is no TikTok address}
   */
  public record Invalid(int position, int line, String input, String reason) {}

  /**
   * A post again.
   *
   * @param duplicateOf position of the first link to it
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Duplicate(int position, int line, String input, String url, int duplicateOf) {}

  private record Token(int line, String text) {}

  public LinkList {
    valid = List.copyOf(valid);
    invalid = List.copyOf(invalid);
    duplicates = List.copyOf(duplicates);
  }

  /**
   * Reads links parted by newlines, commas and tabs in any mix.
   *
   * @throws ProblemException when there is none, or there are more than {@value #MAX_LINKS}
   */
  public static LinkList of(@Nullable String text) {
    List<Token> tokens = text == null ? List.of() : tokens(text);
    if (tokens.isEmpty() || tokens.size() > MAX_LINKS) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST,
          FieldProblem.of("text", "must hold 1 to " + MAX_LINKS + " links, not " + tokens.size()));
    }
    List<Valid> valid = new ArrayList<>();
    List<Invalid> invalid = new ArrayList<>();
    List<Duplicate> duplicates = new ArrayList<>();
    Map<String, Integer> first = new HashMap<>();
    int position = 0;
    for (Token token : tokens) {
      position++;
      switch (TikTokLinks.read(token.text())) {
        case TikTokLinks.Refused refused ->
            invalid.add(new Invalid(position, token.line(), token.text(), refused.reason()));
        case TikTokLinks.Post post -> {
          TikTokLink link = post.link();
          Integer earlier = first.putIfAbsent(link.identity(), position);
          if (earlier == null) {
            valid.add(
                new Valid(
                    position,
                    token.line(),
                    token.text(),
                    link.url(),
                    link.username(),
                    link.postId()));
          } else {
            duplicates.add(
                new Duplicate(position, token.line(), token.text(), link.url(), earlier));
          }
        }
      }
    }
    return new LinkList(valid, invalid, duplicates, tokens.size());
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    int line = 0;
    for (String ofLine : LINE_END.split(text, -1)) {
      line++;
      Matcher token = TOKEN.matcher(ofLine);
      while (token.find()) {
        String link = AROUND.matcher(token.group()).replaceAll("");
        if (!link.isEmpty()) {
          tokens.add(new Token(line, link));
        }
      }
    }
    return tokens;
  }
}
