package io.kombine.i2i.provider.gemini;

import io.kombine.contracts.StepParameters;
import io.kombine.i2i.image.ImageEncoding;
import io.kombine.worker.artifact.ImageInspection;
import io.kombine.worker.artifact.ImageProbe;
import io.kombine.worker.artifact.ImageSource;
import io.kombine.worker.provider.ProducedOutput;
import java.io.IOException;

/** Writes images anew in the format that a step asks for, since Gemini chooses its own. */
final class AskedFormat {

  private static final int LONGEST_SIDE_PX = 8_192;

  private final ImageProbe probe;

  AskedFormat(ImageProbe probe) {
    this.probe = probe;
  }

  /**
   * @throws IllegalArgumentException when no such format is made here
   */
  static ImageEncoding of(StepParameters wishes) {
    return ImageEncoding.of(wishes.outputFormat(), wishes.outputQuality());
  }

  /**
   * The image as asked; the bytes as they are where they fit already.
   *
   * @throws IOException when it is no usable image
   */
  ProducedOutput output(byte[] image, ImageEncoding asked) throws IOException {
    String mediaType =
        switch (probe.inspect(ImageSource.of(image))) {
          case ImageInspection.Accepted accepted -> accepted.type().mediaType();
          case ImageInspection.Refused refused -> throw new IOException(refused.reason());
        };
    return mediaType.equals(asked.mediaType())
        ? ProducedOutput.image(image, mediaType)
        : ProducedOutput.image(
            asked.encode(probe.decode(ImageSource.of(image), LONGEST_SIDE_PX)), asked.mediaType());
  }
}
