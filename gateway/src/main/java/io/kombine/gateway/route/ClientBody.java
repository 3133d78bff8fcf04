package io.kombine.gateway.route;

import java.io.IOException;
import java.io.InputStream;

/**
 * A request's body on its way through: counts it against its limit and tells a failure of the
 * client's side from one of batch-api's.
 */
final class ClientBody extends InputStream {

  private final InputStream in;
  private final long limit;
  private long read;

  ClientBody(InputStream in, long limit) {
    this.in = in;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n;
    try {
      n = in.read(into, offset, length);
    } catch (IOException e) {
      throw new Broken(e);
    }
    read += Math.max(n, 0);
    if (read > limit) {
      throw new TooLarge();
    }
    return n;
  }

  /** The body passed its limit. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The client stopped sending. */
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1L;

    Broken(IOException cause) {
      super(cause);
    }
  }
}
