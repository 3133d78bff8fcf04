package io.kombine.batch.artifact.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.batch.artifact.fetch.PublicAddresses.PrivateAddressException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "100::1"
      })
  void privateAddressesAreNotPublic(String literal) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(literal))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "193.0.0.1", "2606:4700::1111", "2a00::1"})
  void publicAddressesAre(String literal) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(literal))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "0x7f.1", "[::1]", "::1", "2130706433"})
  void hostsThatLeadInsideAreRefused(String host) {
    assertThatThrownBy(() -> new PublicAddresses(Set.of()).resolve(host))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void onlyTheHostThatIsAllowedMayBePrivate() throws UnknownHostException {
    PublicAddresses addresses = new PublicAddresses(Set.of("127.0.0.1"));

    assertThat(addresses.resolve("127.0.0.1")).hasSize(1);
    assertThatThrownBy(() -> addresses.resolve("127.0.0.2"))
        .isInstanceOf(PrivateAddressException.class);
  }
}
