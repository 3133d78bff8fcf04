package io.kombine.batch.artifact.web;

import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/**
 * The part of an artifact that a request asks for. A request for several parts, for another unit or
 * for another version gets the whole, as HTTP allows.
 *
 * @param isPart whether less than all was asked for, or all by a range
 */
record ByteRange(long from, long length, boolean isPart) {

  static ByteRange of(HttpServletRequest request, long size, String etag) {
    ByteRange whole = new ByteRange(0, size, false);
    String header = request.getHeader(HttpHeaders.RANGE);
    String condition = request.getHeader(HttpHeaders.IF_RANGE);
    if (header == null
        || !header.startsWith("bytes=")
        || (condition != null && !condition.equals(etag))) {
      return whole;
    }
    List<HttpRange> ranges;
    try {
      ranges = HttpRange.parseRanges(header);
    } catch (IllegalArgumentException _) {
      return whole;
    }
    if (ranges.size() != 1) {
      return whole;
    }
    try {
      long from = ranges.getFirst().getRangeStart(size);
      long to = ranges.getFirst().getRangeEnd(size);
      if (from <= to && from < size) {
        return new ByteRange(from, to - from + 1, true);
      }
    } catch (IllegalArgumentException _) {
      // why nothing here: a range that begins beyond the end is answered below
    }
    throw new ProblemException(
        ProblemType.RANGE_NOT_SATISFIABLE, "The artifact has " + size + " bytes.");
  }

  String contentRange(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
