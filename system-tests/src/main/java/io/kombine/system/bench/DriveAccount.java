package io.kombine.system.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** Credentials that the simulator's Drive gives tokens to. */
final class DriveAccount {

  private DriveAccount() {}

  /** Writes the file of a service account with a key of its own. */
  static Path write(Path file, URI simulator) throws IOException {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      String key =
          Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
      return Files.writeString(
          file,
          JsonMapper.shared()
              .createObjectNode()
              .put("type", "service_account")
              .put("project_id", "kombine-bench")
              .put("private_key_id", "key-1")
              .put(
                  "private_key",
                  "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n")
              .put("client_email", "kombine@kombine-bench.iam.gserviceaccount.com")
              .put("client_id", "1")
              .put("token_uri", simulator + "/token")
              .toString());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }
}
