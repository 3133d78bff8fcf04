package io.kombine.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of this machine. */
public final class Ports {

  private static final int CONNECT_TIMEOUT_MILLIS = 500;

  /**
   * why below 32,768: systems give the ports above to outgoing connections, which would take one
   * while the process that listens on it is restarted.
   */
  private static final int HIGHEST_CHOSEN = 32_767;

  private static final int LOWEST_CHOSEN = 20_000;
  private static final int MOST_TRIES = 10_000;

  private Ports() {}

  /**
   * Distinct ports that nobody listens on at this moment.
   *
   * <p>Another program may still take one before it is used; a start on it then fails with a clear
   * sentence.
   */
  public static List<Integer> free(int count) {
    Set<Integer> found = new LinkedHashSet<>();
    for (int tries = 0; found.size() < count; tries++) {
      if (tries == MOST_TRIES) {
        throw new StackException("This machine has no free TCP port left.");
      }
      int port = ThreadLocalRandom.current().nextInt(LOWEST_CHOSEN, HIGHEST_CHOSEN + 1);
      if (!found.contains(port) && !isTaken(port)) {
        found.add(port);
      }
    }
    return List.copyOf(found);
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
}
