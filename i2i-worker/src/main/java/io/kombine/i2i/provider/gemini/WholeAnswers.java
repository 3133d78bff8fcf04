package io.kombine.i2i.provider.gemini;

import io.kombine.contracts.ContractJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import tools.jackson.core.JacksonException;

/**
 * Reads each answer whole before Google's client sees it. The client keeps neither the details of a
 * refusal, which say when to come back, nor whether an answer had begun when its connection broke.
 */
final class WholeAnswers implements Interceptor {

  private static final int LARGEST_REFUSAL = 256 * 1024;

  /** Of an answer with images, as base64. */
  private static final int LARGEST_ANSWER = 128 * 1024 * 1024;

  /** Gemini answered, but not with success. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    RefusedException(int status, String body) {
      super("Gemini answered " + status);
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    /** Google's JSON, or whatever a gateway says; cut at 256 KiB. */
    String body() {
      return body;
    }
  }

  /** Gemini answered with success, and the rest of the answer cannot be read. */
  static final class LostException extends IOException {
    private static final long serialVersionUID = 1L;

    LostException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    try (ResponseBody body = response.body()) {
      if (!response.isSuccessful()) {
        throw new RefusedException(response.code(), refusal(body));
      }
      return response
          .newBuilder()
          .body(ResponseBody.create(answer(body), body.contentType()))
          .build();
    }
  }

  private static String refusal(ResponseBody body) {
    try (InputStream in = body.byteStream()) {
      return new String(in.readNBytes(LARGEST_REFUSAL), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      return ""; // why no failure of its own: the status says enough
    }
  }

  private static byte[] answer(ResponseBody body) throws LostException {
    try (InputStream in = body.byteStream()) {
      byte[] bytes = in.readNBytes(LARGEST_ANSWER);
      ContractJson.mapper().readTree(bytes);
      return bytes;
    } catch (IOException | JacksonException unreadable) {
      throw new LostException("Gemini's answer cannot be read", unreadable);
    }
  }
}
