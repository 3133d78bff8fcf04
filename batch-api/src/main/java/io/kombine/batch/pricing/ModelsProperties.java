package io.kombine.batch.pricing;

import io.kombine.contracts.StepKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The models that may be asked for and the price book.
 *
 * @param priceVersion name of this state of all prices, such as a date; changed with any of them,
 *     so that quotes notice
 * @param currency ISO 4217 code of every price; default {@code USD}
 * @param catalog models by id
 */
@Validated
@ConfigurationProperties("kombine.models")
record ModelsProperties(
    @NotBlank(message = "must name the state of the price book") String priceVersion,
    @DefaultValue("USD") @Pattern(regexp = "[A-Z]{3}") String currency,
    @DefaultValue Map<String, @Valid ModelEntry> catalog) {

  /**
   * One model.
   *
   * @param enabled default true; a model that is not can't be asked for and is not listed
   * @param kind what a step of it is
   * @param provider the adapter that speaks to it
   * @param account whose limits and money its calls use; default the provider's name
   * @param outputsPerCall the most outputs of one call; default 1, from 1 to 10. More are split
   *     over several steps
   * @param maxPromptLength characters of a prompt; default 4000, from 1 to 32,000
   * @param formats of images it puts out, the first being what is asked for; default jpeg
   * @param outputQuality of a JPEG; default 90
   * @param sizes of images it can put out, the first being what is asked for; empty where the model
   *     follows its input
   * @param qualities words for effort, the first being what is asked for; may be empty
   * @param resolutions of videos
   * @param minSeconds shortest video; default 1
   * @param maxSeconds longest video; default 10, at most 60
   * @param fixedSeconds the only lengths of a video, where the model has fixed ones; empty, the
   *     default, for any between the two
   * @param prices the first that fits size, quality and resolution counts; at least one
   * @param voices of speech, the first being what is asked for where none is
   * @param needsPackage of the operating system, which has to be installed where its steps run
   * @param needsProgram of that package. Where it is set, {@code installed} is asked first and this
   *     machine's {@code PATH} second
   * @param installed whether the package is there, where the steps run on other machines than this;
   *     absent, the default, to look for the program on this one
   */
  record ModelEntry(
      @DefaultValue("true") boolean enabled,
      @NotNull StepKind kind,
      @NotBlank String provider,
      @Nullable String account,
      @DefaultValue("1") @Min(1) @Max(10) int outputsPerCall,
      @DefaultValue("4000") @Min(1) @Max(32_000) int maxPromptLength,
      @DefaultValue("jpeg") @NotEmpty List<@Pattern(regexp = "jpeg|png") String> formats,
      @DefaultValue("90") @Min(1) @Max(100) int outputQuality,
      @DefaultValue List<String> sizes,
      @DefaultValue List<String> qualities,
      @DefaultValue List<String> resolutions,
      @DefaultValue("1") @DecimalMin("0.1") BigDecimal minSeconds,
      @DefaultValue("10") BigDecimal maxSeconds,
      @DefaultValue List<BigDecimal> fixedSeconds,
      @NotEmpty(message = "must hold at least one price") List<@Valid PriceEntry> prices,
      @DefaultValue List<@NotBlank String> voices,
      @Nullable String needsPackage,
      @Nullable String needsProgram,
      @Nullable Boolean installed) {

    @AssertTrue(message = "max-seconds must be from min-seconds to 60")
    boolean isMaxSecondsInBounds() {
      return maxSeconds.compareTo(minSeconds) >= 0
          && maxSeconds.compareTo(BigDecimal.valueOf(60)) <= 0;
    }

    @AssertTrue(message = "fixed-seconds must be from min-seconds to max-seconds")
    boolean isFixedSecondsInBounds() {
      return fixedSeconds.stream()
          .allMatch(each -> each.compareTo(minSeconds) >= 0 && each.compareTo(maxSeconds) <= 0);
    }

    @AssertTrue(message = "a speech model must list its voices")
    boolean isVoicesGiven() {
      return kind != StepKind.AUDIO || !voices.isEmpty();
    }

    @AssertTrue(message = "needs-package and needs-program must be given together")
    boolean isNeedWhole() {
      return (needsPackage == null) == (needsProgram == null);
    }

    @AssertTrue(message = "a video model must list its resolutions")
    boolean isResolutionsGiven() {
      return kind != StepKind.I2V || !resolutions.isEmpty();
    }
  }

  /**
   * A price: of an image, of a second of video, of an analysis, or of a character of speech.
   *
   * @param size absent for any
   * @param quality absent for any
   * @param resolution absent for any
   * @param amount what is expected, which estimates and quotes add up
   * @param hold what is set aside for a call, at least {@code amount}; absent for {@code amount}
   * @param tokens present where the provider bills by tokens, which then decide the cost
   */
  record PriceEntry(
      @Nullable String size,
      @Nullable String quality,
      @Nullable String resolution,
      @NotNull @DecimalMin("0") BigDecimal amount,
      @Nullable BigDecimal hold,
      @Valid @Nullable TokenEntry tokens) {

    @AssertTrue(message = "hold must be at least amount")
    boolean isHoldEnough() {
      return hold == null || hold.compareTo(amount) >= 0;
    }
  }

  /** Prices of one million tokens. */
  record TokenEntry(
      @NotNull @DecimalMin("0") BigDecimal textInput,
      @NotNull @DecimalMin("0") BigDecimal imageInput,
      @NotNull @DecimalMin("0") BigDecimal output) {}
}
