package io.kombine.batch.storyboard;

import io.kombine.batch.plan.ContentKeys;
import io.kombine.batch.pricing.Model;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepParameters;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sentence's assets are made of: the one place that says which field decides which call, and
 * so what becomes dirty when a field is edited. Pure.
 *
 * <p>Speech: text and voice. Image: its prompt. Video: the image, camera movement, motion strength
 * and the image's prompt (the text where there is none). Models, resolution and length are the
 * project's.
 */
record SentenceCalls(Model audio, Model image, Model video, String resolution, BigDecimal seconds) {

  /** One call without its inputs. */
  record Call(Model model, String prompt, StepParameters parameters) {

    /** The content key, null where an input is yet to be made. */
    @Nullable String key(List<StepInput> inputs) {
      return ContentKeys.of(model.id(), parameters, prompt, 0, inputs);
    }
  }

  Call speech(Sentence sentence) {
    String voice = sentence.voice() == null ? audio.voices().getFirst() : sentence.voice();
    return new Call(
        audio,
        sentence.text(),
        new StepParameters(null, null, null, null, null, null, null, null, voice, null, null));
  }

  /** Of a sentence that has an image prompt. */
  Call image(String imagePrompt) {
    return new Call(
        image,
        imagePrompt,
        StepParameters.image(
            image.defaultSize(),
            image.defaultQuality(),
            image.formats().getFirst(),
            image.outputQuality()));
  }

  Call video(Sentence sentence) {
    String prompt = sentence.imagePrompt();
    return new Call(
        video,
        prompt == null ? sentence.text() : prompt,
        new StepParameters(
            null,
            null,
            null,
            null,
            null,
            resolution,
            seconds,
            null,
            null,
            sentence.cameraMovement(),
            sentence.motionStrength()));
  }

  String speechKey(Sentence sentence) {
    return known(speech(sentence).key(List.of()));
  }

  @Nullable String imageKey(Sentence sentence) {
    String prompt = sentence.imagePrompt();
    return prompt == null ? null : known(image(prompt).key(List.of()));
  }

  String videoKey(Sentence sentence, ArtifactRef image) {
    return known(video(sentence).key(List.of(StepInput.of(StepInput.Role.IMAGE, image))));
  }

  private static String known(@Nullable String key) {
    if (key == null) {
      throw new IllegalStateException("a call whose inputs are there has a key");
    }
    return key;
  }
}
