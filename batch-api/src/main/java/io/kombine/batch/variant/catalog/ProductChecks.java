package io.kombine.batch.variant.catalog;

import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.Texts;
import io.kombine.batch.source.SourceImage;
import io.kombine.batch.source.SourceImages;
import io.kombine.batch.variant.catalog.NewProduct.NewImage;
import io.kombine.batch.variant.catalog.ProductInput.ImageInput;
import io.kombine.contracts.ArtifactRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads products as they came, or says what is wrong with them. Fetches nothing. */
@Component
class ProductChecks {

  static final int MAX_TITLE = 500;
  static final int MAX_IMAGES = 50;
  private static final int MAX_URL = 2_048;
  private static final Pattern ASIN = Pattern.compile("[A-Z0-9]{10}");
  private static final Pattern VARIANT = Pattern.compile("[A-Z][A-Z0-9_]{0,19}");

  private final SourceImages sources;
  private final OwnedArtifacts artifacts;

  ProductChecks(SourceImages sources, OwnedArtifacts artifacts) {
    this.sources = sources;
    this.artifacts = artifacts;
  }

  /** Whether a text is the name of a variant. */
  static boolean isVariant(String name) {
    return VARIANT.matcher(name).matches();
  }

  /** The variant's name, or a problem. */
  static String variant(FieldProblems problems, String field, @Nullable String value) {
    String name = value == null ? "" : value.strip();
    if (!isVariant(name)) {
      problems.add(
          field,
          "must be 1 to 20 capital letters, digits or underscores, beginning with a letter",
          List.of("MAIN", "PT01"));
    }
    return name;
  }

  static String asin(FieldProblems problems, @Nullable String value) {
    String asin = value == null ? "" : value.strip().toUpperCase(Locale.ROOT);
    if (!ASIN.matcher(asin).matches()) {
      problems.add("asin", "must be 10 letters or digits");
    }
    return asin;
  }

  static String title(FieldProblems problems, @Nullable String value) {
    return Texts.required(problems, "title", value, MAX_TITLE).strip();
  }

  /** A product; what it returns is of use only where no problem was added. */
  NewProduct product(String owner, ProductInput input, FieldProblems problems) {
    String asin = asin(problems, input.asin());
    String title = title(problems, input.title());
    List<NewImage> images = new ArrayList<>();
    List<@Nullable ImageInput> given = input.images() == null ? List.of() : input.images();
    if (given.size() > MAX_IMAGES) {
      problems.add("images", "must hold at most " + MAX_IMAGES + " elements, not " + given.size());
      given = List.of();
    }
    for (int i = 0; i < given.size(); i++) {
      ImageInput image = given.get(i);
      String at = "images[" + i + "]";
      NewImage checked =
          image == null ? null : image(owner, at + ".", image.variant(), image.url(), problems);
      if (image == null) {
        problems.add(at, "is required");
      } else if (checked != null) {
        images.add(checked);
      }
    }
    return new NewProduct(asin, title, images);
  }

  /**
   * @param at before the fields' names
   */
  @Nullable NewImage image(
      String owner,
      String at,
      @Nullable String variant,
      @Nullable String url,
      FieldProblems problems) {
    String name = variant(problems, at + "variant", variant);
    return source(owner, at + "url", name, url, problems);
  }

  /** The image of a variant whose name is known to be one. */
  @Nullable NewImage source(
      String owner, String field, String variant, @Nullable String url, FieldProblems problems) {
    String address = Texts.required(problems, field, url, MAX_URL).strip();
    if (address.isEmpty() || address.length() > MAX_URL) {
      return null;
    }
    try {
      SourceImage image = sources.describe(owner, field, List.of(address)).getFirst();
      ArtifactRef artifact = image.artifact();
      UUID id = artifact == null ? null : artifacts.register(owner, artifact, null);
      return new NewImage(
          variant,
          address,
          image.url(),
          id,
          artifact == null ? null : artifact.widthPx(),
          artifact == null ? null : artifact.heightPx());
    } catch (ProblemException unusable) {
      FieldProblem reason = unusable.errors().getFirst();
      problems.add(field, reason.message());
      return null;
    }
  }
}
