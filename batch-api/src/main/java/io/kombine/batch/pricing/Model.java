package io.kombine.batch.pricing;

import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model that can be asked for: what it can do and what it costs. Immutable.
 *
 * @param account whose limits and money its calls use
 * @param outputsPerCall the most outputs of one call
 * @param maxPromptLength characters
 * @param formats image formats, the first being what is asked for
 * @param sizes in pixels as {@code 1024x1024}, the first being what is asked for; empty where the
 *     model follows its input
 * @param qualities the first being what is asked for; may be empty
 * @param resolutions of videos; empty on other kinds
 * @param fixedSeconds the only lengths of a video; empty for any from {@code minSeconds} to {@code
 *     maxSeconds}
 * @param prices the first that fits counts
 * @param voices of speech, the first being what is asked for; empty on other kinds
 * @param missing the package that has to be installed before it can be asked for; absent where
 *     nothing is missing
 */
public record Model(
    String id,
    StepKind kind,
    String provider,
    String account,
    int outputsPerCall,
    int maxPromptLength,
    List<String> formats,
    int outputQuality,
    List<String> sizes,
    List<String> qualities,
    List<String> resolutions,
    BigDecimal minSeconds,
    BigDecimal maxSeconds,
    List<BigDecimal> fixedSeconds,
    List<Price> prices,
    List<String> voices,
    @Nullable String missing) {

  public Model {
    formats = List.copyOf(formats);
    sizes = List.copyOf(sizes);
    qualities = List.copyOf(qualities);
    resolutions = List.copyOf(resolutions);
    fixedSeconds = List.copyOf(fixedSeconds);
    prices = List.copyOf(prices);
    voices = List.copyOf(voices);
  }

  /** A model of images, videos or analyses that needs nothing to be installed. */
  public Model(
      String id,
      StepKind kind,
      String provider,
      String account,
      int outputsPerCall,
      int maxPromptLength,
      List<String> formats,
      int outputQuality,
      List<String> sizes,
      List<String> qualities,
      List<String> resolutions,
      BigDecimal minSeconds,
      BigDecimal maxSeconds,
      List<BigDecimal> fixedSeconds,
      List<Price> prices) {
    this(
        id,
        kind,
        provider,
        account,
        outputsPerCall,
        maxPromptLength,
        formats,
        outputQuality,
        sizes,
        qualities,
        resolutions,
        minSeconds,
        maxSeconds,
        fixedSeconds,
        prices,
        List.of(),
        null);
  }

  /**
   * A price of one image, of one second of video, of one analysis or of one character of speech.
   *
   * @param size absent for any
   * @param quality absent for any
   * @param resolution absent for any
   * @param amount what is expected
   * @param hold what is set aside, at least {@code amount}
   * @param tokens present where the provider bills by tokens
   */
  public record Price(
      @Nullable String size,
      @Nullable String quality,
      @Nullable String resolution,
      BigDecimal amount,
      BigDecimal hold,
      StepPrice.@Nullable TokenPrices tokens) {

    /** A price that is known before the call. */
    public static Price fixed(
        @Nullable String size,
        @Nullable String quality,
        @Nullable String resolution,
        BigDecimal amount) {
      return new Price(size, quality, resolution, amount, amount, null);
    }

    boolean fits(
        @Nullable String ofSize, @Nullable String ofQuality, @Nullable String ofResolution) {
      return (size == null || size.equals(ofSize))
          && (quality == null || quality.equals(ofQuality))
          && (resolution == null || resolution.equals(ofResolution));
    }
  }

  public @Nullable String defaultSize() {
    return sizes.isEmpty() ? null : sizes.getFirst();
  }

  public @Nullable String defaultQuality() {
    return qualities.isEmpty() ? null : qualities.getFirst();
  }

  /** Whether its videos may last so long. */
  public boolean canLast(BigDecimal seconds) {
    return seconds.compareTo(minSeconds) >= 0
        && seconds.compareTo(maxSeconds) <= 0
        && (fixedSeconds.isEmpty()
            || fixedSeconds.stream().anyMatch(each -> each.compareTo(seconds) == 0));
  }

  /** The price that counts for what is asked for, if the book has one. */
  Optional<Price> price(
      @Nullable String size, @Nullable String quality, @Nullable String resolution) {
    return prices.stream().filter(price -> price.fits(size, quality, resolution)).findFirst();
  }
}
