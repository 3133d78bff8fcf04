package io.kombine.worker.artifact;

import io.kombine.contracts.ArtifactRef;
import io.kombine.worker.artifact.ImageInspection.Accepted;
import io.kombine.worker.artifact.ImageInspection.Refused;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Puts images into the store with all that is known of them: type and pixels from their content,
 * and a thumbnail beside them. Thread-safe, with the decoding bounds of {@link ImageProbe}.
 */
public final class ImageArtifacts {

  private final ArtifactStore store;
  private final ImageProbe probe;
  private final Thumbnails thumbnails;

  public ImageArtifacts(ArtifactStore store, ImageProbe probe, Thumbnails thumbnails) {
    this.store = store;
    this.probe = probe;
    this.thumbnails = thumbnails;
  }

  /**
   * Stores an image and its thumbnail of {@value Thumbnails#DEFAULT_SIDE_PX} pixels.
   *
   * @throws ImageRefusedException when it is not a usable image; nothing is stored then
   * @throws ArtifactTooLargeException when the store does not take that many bytes
   */
  public ArtifactRef put(byte[] image) throws IOException {
    ImageSource source = ImageSource.of(image);
    Accepted accepted = accept(source);
    return describe(store.put(image, accepted.type().mediaType()), accepted, source);
  }

  /** The same for an image in a file, which stays as it is. */
  public ArtifactRef put(Path image) throws IOException {
    ImageSource source = ImageSource.of(image);
    Accepted accepted = accept(source);
    return describe(store.put(image, accepted.type().mediaType()), accepted, source);
  }

  private Accepted accept(ImageSource source) throws IOException {
    return switch (probe.inspect(source)) {
      case Accepted accepted -> accepted;
      case Refused refused -> throw new ImageRefusedException(refused);
    };
  }

  private ArtifactRef describe(ArtifactRef stored, Accepted accepted, ImageSource source)
      throws IOException {
    byte[] thumbnail = thumbnails.of(source, Thumbnails.DEFAULT_SIDE_PX);
    return new ArtifactRef(
        stored.sha256(),
        stored.mediaType(),
        stored.bytes(),
        accepted.widthPx(),
        accepted.heightPx(),
        null,
        store.put(thumbnail, ImageType.JPEG.mediaType()).sha256());
  }
}
