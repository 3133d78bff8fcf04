package io.kombine.i2i.provider.local;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Random;

/**
 * Makes an image of a prompt and of photographs: composes them, draws them anew in the medium that
 * the prompt names, and grades them. Thread-safe: an image uses one thread, its caller's, and
 * memory for about four images of its size.
 */
final class LocalImageEngine {

  /**
   * Makes an image.
   *
   * @param inputs the first is edited, the others laid upon it; of none, an abstract picture is
   *     made
   * @return encoded as ordered
   * @throws InterruptedIOException when the thread is interrupted
   */
  byte[] make(List<BufferedImage> inputs, ImageOrder order) throws IOException {
    Random random = new Random(order.seed());
    Look asked = LookWords.lookOf(order.prompt(), random);
    AnalysisGuide guide = order.guide();
    Look look = (guide == null ? asked : guide.guide(asked, random)).varied(random);
    ImageSize size = sizeOf(inputs, order);
    Picture picture =
        inputs.isEmpty()
            ? AbstractScene.paint(size, look, random)
            : Composition.cover(inputs.getFirst(), size, random);
    if (inputs.size() > 1) {
      Composition.addCards(picture, inputs.subList(1, inputs.size()), random);
    }
    stopIfInterrupted();
    Picture ungraded = look.medium() == Medium.NEON ? picture.copy() : picture;
    look.medium().draw(picture, random);
    stopIfInterrupted();
    if (look.glow() > 0) {
      Glow.apply(picture, look.glow());
    }
    new Grade(look, random).apply(picture);
    stopIfInterrupted();
    look.medium().finish(picture, ungraded, random);
    return order.encoding().encode(picture.toImage());
  }

  private static ImageSize sizeOf(List<BufferedImage> inputs, ImageOrder order) {
    ImageSize size = order.size();
    if (size != null) {
      return size;
    }
    return inputs.isEmpty()
        ? ImageSize.usual()
        : ImageSize.like(inputs.getFirst().getWidth(), inputs.getFirst().getHeight());
  }

  private static void stopIfInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while making an image");
    }
  }
}
