package io.kombine.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** TCP ports of this machine. */
public final class Ports {

  private static final int CONNECT_TIMEOUT_MILLIS = 500;

  private Ports() {}

  /**
   * Distinct ports that nobody listens on at this moment.
   *
   * <p>Another program may still take one before it is used; a start on it then fails with a clear
   * sentence.
   */
  public static List<Integer> free(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("This machine has no free TCP port left.", e);
    } finally {
      held.forEach(Ports::close);
    }
  }

  /** Whether a program listens on the port, on the loopback address or on all addresses. */
  public static boolean isTaken(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      return true;
    }
    // why also this: some systems let one bind the loopback address beside a program that listens
    // on all of them
    return accepts(port);
  }

  /** Whether a connection to the port on the loopback address is accepted. */
  public static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
