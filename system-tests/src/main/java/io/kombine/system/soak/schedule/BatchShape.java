package io.kombine.system.soak.schedule;

/**
 * How large a batch is.
 *
 * @param sources 1 to 3 photographs
 * @param imagePrompts 0 where the photographs go straight to video
 * @param imagesPerPrompt made by one call
 * @param videoPrompts 0 for images only
 * @param approval whether videos wait until the driver has approved them
 * @param reuse whether it asks for the same as the batch before it and may take what that made
 */
public record BatchShape(
    int sources,
    int imagePrompts,
    int imagesPerPrompt,
    int videoPrompts,
    boolean approval,
    boolean reuse) {

  /** Steps that it makes, each one call. */
  public int steps() {
    if (imagePrompts == 0) {
      return sources * videoPrompts;
    }
    int calls = sources * imagePrompts;
    return calls + calls * imagesPerPrompt * videoPrompts;
  }
}
