package io.kombine.batch.pipeline;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepParameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over what decides a result. */
final class ContentKeys {

  private ContentKeys() {}

  private record Key(
      String model, StepParameters parameters, String prompt, int variation, String input) {}

  static String of(
      String model, StepParameters parameters, String prompt, int variation, String inputSha256) {
    return sha256(
        ContractJson.mapper()
            .writeValueAsString(new Key(model, parameters, prompt, variation, inputSha256)));
  }

  /** In lower-case hexadecimal, of the text in UTF-8. */
  static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
