package io.kombine.batch.plan;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepParameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHA-256 over what decides a result. */
public final class ContentKeys {

  private ContentKeys() {}

  private record Key(
      String model, StepParameters parameters, String prompt, int variation, List<Input> inputs) {}

  private record Input(StepInput.Role role, String sha256) {}

  /** The key of a call; null as long as one of its inputs is a place for a parent's output. */
  public static @Nullable String of(
      String model,
      StepParameters parameters,
      String prompt,
      int variation,
      List<StepInput> inputs) {
    List<Input> known = new ArrayList<>();
    for (StepInput input : inputs) {
      ArtifactRef artifact = input.artifact();
      if (artifact == null) {
        return null;
      }
      known.add(new Input(input.role(), artifact.sha256()));
    }
    return sha256(
        ContractJson.mapper()
            .writeValueAsString(new Key(model, parameters, prompt, variation, known)));
  }

  /** In lower-case hexadecimal, of the text in UTF-8. */
  public static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
