package io.kombine.system.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** Credentials of a service account that the simulator gives tokens to. */
public final class ServiceAccount {

  /** What must never be seen in any log. */
  public static final String TOKEN_PREFIX = "ya29.";

  private ServiceAccount() {}

  /** Writes such a file as Google hands it out, with a key of its own. */
  public static Path write(Path file, URI simulator) {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      String key =
          Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
      JsonMapper json = JsonMapper.builder().build();
      return Files.writeString(
          file,
          json.createObjectNode()
              .put("type", "service_account")
              .put("project_id", "kombine-test")
              .put("private_key_id", "key-1")
              .put(
                  "private_key",
                  "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n")
              .put("client_email", "kombine@kombine-test.iam.gserviceaccount.com")
              .put("client_id", "1")
              .put("token_uri", simulator + "/token")
              .toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }
}
