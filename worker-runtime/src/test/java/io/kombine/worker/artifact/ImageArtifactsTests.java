package io.kombine.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.contracts.ArtifactRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArtifactsTests {

  @TempDir Path directory;
  private ArtifactStore store;
  private ImageArtifacts images;

  @BeforeEach
  void openStore() throws IOException {
    store =
        LocalDirectoryArtifactStore.open(
            directory, 10_000_000, Duration.ofDays(1), Clock.systemUTC());
    ImageProbe probe = new ImageProbe(50_000_000, 2, Duration.ofSeconds(5));
    images = new ImageArtifacts(store, probe, new Thumbnails(probe));
  }

  @Test
  void imageIsStoredWithItsPixelsAndThumbnail() throws IOException {
    ArtifactRef ref = images.put(SampleImages.oriented(SampleImages.jpeg(600, 400), 6));

    assertThat(ref.mediaType()).isEqualTo("image/jpeg");
    assertThat(ref.widthPx()).isEqualTo(400);
    assertThat(ref.heightPx()).isEqualTo(600);
    assertThat(store.exists(ref.sha256())).isTrue();
    assertThat(store.exists(Objects.requireNonNull(ref.thumbnailSha256()))).isTrue();
  }

  @Test
  void artifactsCanBeDecodedFromTheStore() throws IOException {
    ArtifactRef ref = images.put(SampleImages.png(50, 40));
    ImageProbe probe = new ImageProbe(50_000_000, 2, Duration.ofSeconds(5));

    assertThat(probe.decode(ImageSource.of(store, ref.sha256()), 100).getWidth()).isEqualTo(50);
  }

  @Test
  void refusedImageLeavesNothingInTheStore() throws IOException {
    assertThatThrownBy(() -> images.put(SampleImages.cut(SampleImages.png(50, 40), 60)))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessage("The image file ends too early.");
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }
}
