package io.kombine.system.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code multipart/form-data} or {@code multipart/related} body, taken apart.
 *
 * @param parts in their order, at most {@value #MAX_PARTS}
 */
public record MultipartForm(List<Part> parts) {

  /** More parts than this are refused. */
  public static final int MAX_PARTS = 64;

  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("(?i)\\bname=\"([^\"]*)\"");

  /**
   * One part.
   *
   * @param name of the form's field; empty where it has none
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Part(String name, byte[] content) {}

  /**
   * Takes a request's body apart.
   *
   * @throws BadRequestException when it is not such a body
   */
  public static MultipartForm of(Request request) {
    Matcher boundary = BOUNDARY.matcher(request.header("content-type", ""));
    if (!boundary.find()) {
      throw new BadRequestException("The body is not multipart.");
    }
    byte[] delimiter = ("\r\n--" + boundary.group(1)).getBytes(StandardCharsets.ISO_8859_1);
    byte[] body = request.body();
    List<Part> parts = new ArrayList<>();
    // why minus two: the first delimiter has no line break before it
    int at = find(body, delimiter, 2, 0) + delimiter.length - 2;
    while (at >= delimiter.length - 2 && !startsWith(body, at, "--")) {
      int end = find(body, delimiter, 0, at);
      if (end < 0 || parts.size() == MAX_PARTS) {
        throw new BadRequestException("The form ends early or has too many parts.");
      }
      parts.add(part(body, at + 2, end));
      at = end + delimiter.length;
    }
    return new MultipartForm(List.copyOf(parts));
  }

  /** The first part of that name as text, or a stand-in. */
  public String text(String name, String otherwise) {
    for (Part part : parts) {
      if (part.name().equals(name)) {
        return new String(part.content(), StandardCharsets.UTF_8);
      }
    }
    return otherwise;
  }

  /** The contents of all parts of that name or of its list form, {@code name[]}. */
  public List<byte[]> files(String name) {
    return parts.stream()
        .filter(part -> part.name().equals(name) || part.name().startsWith(name + "["))
        .map(Part::content)
        .toList();
  }

  private static Part part(byte[] body, int from, int to) {
    byte[] blank = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    int head = find(body, blank, 0, from);
    if (head < 0 || head > to) {
      throw new BadRequestException("A part of the form has no head.");
    }
    String headers = new String(body, from, head - from, StandardCharsets.UTF_8);
    Matcher name = NAME.matcher(headers);
    return new Part(
        name.find() ? name.group(1) : "", Arrays.copyOfRange(body, head + blank.length, to));
  }

  private static boolean startsWith(byte[] body, int at, String text) {
    return at + text.length() <= body.length
        && new String(body, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }

  private static int find(byte[] body, byte[] wanted, int skip, int from) {
    int length = wanted.length - skip;
    for (int i = from; i <= body.length - length; i++) {
      int k = 0;
      while (k < length && body[i + k] == wanted[skip + k]) {
        k++;
      }
      if (k == length) {
        return i;
      }
    }
    return -1;
  }
}
