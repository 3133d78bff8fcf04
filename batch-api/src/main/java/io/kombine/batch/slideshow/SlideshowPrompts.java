package io.kombine.batch.slideshow;

/** What the models are asked: the same words for the same slide and variation of any batch. */
final class SlideshowPrompts {

  /** Characters beside the product's description, at most. */
  static final int MAX_FRAME = 900;

  private SlideshowPrompts() {}

  /**
   * Asks for the analysis that one variation is made from.
   *
   * @param photo which of the photo variations, from 0
   * @param text which of the text variations, from 0
   */
  static String analysis(Slideshow slideshow, String description, int photo, int text) {
    return """
    Look at the slides of this slideshow, in order, and at the product's photograph. Answer in \
    JSON: what each slide shows, the words on it and where they stand, its style and colours, and \
    how the product can take the place of what the slide presents. Write new words for every slide, \
    in the tone of the original, that present the product. This is text variation %d of %d for photo \
    variation %d of %d: make it differ from the others.
    Product: %s\
    """
        .formatted(
            text + 1,
            slideshow.textVariations(),
            photo + 1,
            slideshow.photoVariations(),
            description);
  }

  /**
   * Asks for one slide of one variation.
   *
   * @param slide from 0
   */
  static String slide(
      Slideshow slideshow, String description, int photo, int text, int slide, int slides) {
    return """
    Make this slide of a slideshow anew, so that it presents the product of the product photograph \
    as the analysis says. Keep its composition, its style and the place of its words; put the \
    analysis's new words for this slide there. Slide %d of %d, photo variation %d of %d, text \
    variation %d of %d.
    Product: %s\
    """
        .formatted(
            slide + 1,
            slides,
            photo + 1,
            slideshow.photoVariations(),
            text + 1,
            slideshow.textVariations(),
            description);
  }
}
