package io.kombine.batch.artifact.fetch;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names to public unicast addresses only. The connection is made to the very addresses
 * that were judged, so a name that changes its mind in between gains nothing.
 */
final class PublicAddresses implements DnsResolver {

  /** Blocks that are not public though {@link InetAddress} does not say so. */
  private static final List<Block> RESERVED =
      List.of(
          Block.of("0.0.0.0", 8),
          Block.of("100.64.0.0", 10),
          Block.of("192.0.0.0", 24),
          Block.of("192.0.2.0", 24),
          Block.of("192.88.99.0", 24),
          Block.of("198.18.0.0", 15),
          Block.of("198.51.100.0", 24),
          Block.of("203.0.113.0", 24),
          Block.of("240.0.0.0", 4));

  /** IPv6 that is handed out to the public; of it, what leads to IPv4 again is excluded. */
  private static final Block PUBLIC_6 = Block.of("2000::", 3);

  private static final List<Block> RESERVED_6 =
      List.of(
          Block.of("2001::", 23),
          Block.of("2001:db8::", 32),
          Block.of("2002::", 16),
          Block.of("3fff::", 20));

  private final Set<String> allowedHosts;

  PublicAddresses(Set<String> allowedHosts) {
    this.allowedHosts =
        allowedHosts.stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] all = SystemDefaultDnsResolver.INSTANCE.resolve(host);
    if (allowedHosts.contains(host.toLowerCase(Locale.ROOT))) {
      return all;
    }
    // why all: a name with one private address among public ones is up to no good
    if (!Arrays.stream(all).allMatch(PublicAddresses::isPublic)) {
      throw new PrivateAddressException(host);
    }
    return all;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return switch (address) {
      case Inet4Address v4 -> RESERVED.stream().noneMatch(block -> block.contains(v4));
      case Inet6Address v6 ->
          PUBLIC_6.contains(v6) && RESERVED_6.stream().noneMatch(block -> block.contains(v6));
      default -> false;
    };
  }

  /** The host leads into a private network. */
  static final class PrivateAddressException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    PrivateAddressException(String host) {
      super(host);
    }
  }

  private record Block(byte[] network, int bits) {

    static Block of(String literal, int bits) {
      return new Block(InetAddress.ofLiteral(literal).getAddress(), bits);
    }

    boolean contains(InetAddress address) {
      byte[] candidate = address.getAddress();
      if (candidate.length != network.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if (((candidate[bit / 8] ^ network[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
