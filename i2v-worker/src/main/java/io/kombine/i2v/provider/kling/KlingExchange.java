package io.kombine.i2v.provider.kling;

/** What became of one request to Kling. */
sealed interface KlingExchange {

  /** Kling answered in its own words. */
  record Answered(int status, KlingReply reply) implements KlingExchange {

    boolean succeeded() {
      return reply.code() == 0 && status < 300;
    }
  }

  /** Nothing was sent. */
  record NotSent() implements KlingExchange {}

  /** The request was sent, and no readable answer came. */
  record Lost() implements KlingExchange {}
}
