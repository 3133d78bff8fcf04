package io.kombine.batch.web;

import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.problem.web.BodyTooLargeException;
import io.kombine.batch.problem.web.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses bodies beyond {@link BodyProperties#maxSize()}: by their declared length at once, without
 * one as soon as the limit is passed. Multipart uploads and {@link StreamedBodies} have limits of
 * their own.
 */
@Component
class BodyLimitFilter extends OncePerRequestFilter {

  private final long limitBytes;
  private final JsonMapper json;

  BodyLimitFilter(BodyProperties properties, JsonMapper json) {
    this.limitBytes = properties.maxSize().toBytes();
    this.json = json;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String type = request.getContentType();
    return StreamedBodies.isStreamed(request)
        || (type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length()));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() <= limitBytes) {
      chain.doFilter(new Limited(request, limitBytes), response);
      return;
    }
    String detail = "The body is larger than " + limitBytes + " bytes.";
    response.setStatus(ProblemType.BODY_TOO_LARGE.status());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), Problems.of(ProblemType.BODY_TOO_LARGE, detail));
  }

  private static final class Limited extends HttpServletRequestWrapper {

    private final long limitBytes;

    Limited(HttpServletRequest request, long limitBytes) {
      super(request);
      this.limitBytes = limitBytes;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream(), limitBytes);
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class LimitedStream extends ServletInputStream {

    private final ServletInputStream source;
    private final long limitBytes;
    private long read;

    LimitedStream(ServletInputStream source, long limitBytes) {
      this.source = source;
      this.limitBytes = limitBytes;
    }

    @Override
    public int read() throws IOException {
      int value = source.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = source.read(buffer, offset, length);
      count(Math.max(n, 0));
      return n;
    }

    private void count(int bytes) throws BodyTooLargeException {
      read += bytes;
      if (read > limitBytes) {
        throw new BodyTooLargeException(limitBytes);
      }
    }

    @Override
    public boolean isFinished() {
      return source.isFinished();
    }

    @Override
    public boolean isReady() {
      return source.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      source.setReadListener(listener);
    }
  }
}
