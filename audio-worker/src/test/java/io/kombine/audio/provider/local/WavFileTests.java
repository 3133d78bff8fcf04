package io.kombine.audio.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavFileTests {

  private static final int BYTE_RATE = 44_100;

  private static byte[] piped(int samples) {
    ByteBuffer wav = ByteBuffer.allocate(44 + samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(0x7FFFF024);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(22_050).putInt(BYTE_RATE);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(0x7FFFF000);
    return wav.array();
  }

  @Test
  void aPipedFileIsMeasuredByItsSamplesAndMendedToTellTheirLength() throws Exception {
    WavFile wav = WavFile.of(piped(66_150));

    assertThat(wav.seconds()).isEqualByComparingTo(new BigDecimal("1.5"));
    try (var audio = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav.bytes()))) {
      assertThat(audio.getFrameLength()).isEqualTo(66_150 / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, 12, 30, 44})
  void aFileWithoutSamplesIsRefused(int length) {
    byte[] whole = piped(100);
    byte[] cut = java.util.Arrays.copyOf(whole, length);

    assertThatThrownBy(() -> WavFile.of(cut)).isInstanceOf(IOException.class);
  }

  @Test
  void somethingElseIsRefused() {
    byte[] text = "This is no WAV file, however long it goes on.".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> WavFile.of(text)).hasMessageContaining("no WAV");
  }
}
