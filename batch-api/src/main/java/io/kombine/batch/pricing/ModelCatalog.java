package io.kombine.batch.pricing;

import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All models that can be asked for, with one price book over them. Immutable. */
public final class ModelCatalog {

  private final String priceVersion;
  private final String currency;
  private final Map<String, Model> models;

  /**
   * Checks that every combination which a model offers has a price.
   *
   * @throws IllegalArgumentException when one has none
   */
  public ModelCatalog(String priceVersion, String currency, List<Model> models) {
    this.priceVersion = priceVersion;
    this.currency = currency;
    this.models = new TreeMap<>();
    for (Model model : models) {
      this.models.put(model.id(), model);
      for (StepParameters offered : offers(model)) {
        price(model, offered, 1);
      }
    }
  }

  public String priceVersion() {
    return priceVersion;
  }

  public String currency() {
    return currency;
  }

  /** By id. */
  public List<Model> models() {
    return List.copyOf(models.values());
  }

  /** The ids of one kind, sorted. */
  public List<String> ids(StepKind kind) {
    return models.values().stream().filter(m -> m.kind() == kind).map(Model::id).toList();
  }

  /** The model of that id and kind. */
  public Optional<Model> find(StepKind kind, String id) {
    return Optional.ofNullable(models.get(id)).filter(model -> model.kind() == kind);
  }

  /**
   * What one step costs: images by their number, a video by its seconds.
   *
   * @throws IllegalArgumentException when the price book has nothing for these parameters
   */
  public StepPrice price(Model model, StepParameters parameters, int outputs) {
    Model.Price price =
        model
            .price(parameters.size(), parameters.quality(), parameters.resolution())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "model %s has no price for size %s, quality %s, resolution %s"
                        .formatted(
                            model.id(),
                            parameters.size(),
                            parameters.quality(),
                            parameters.resolution())));
    BigDecimal units = BigDecimal.valueOf(outputs);
    if (parameters.durationSeconds() != null) {
      units = units.multiply(parameters.durationSeconds());
    }
    return new StepPrice(
        priceVersion,
        new Money(price.amount().multiply(units), currency),
        new Money(price.hold().multiply(units), currency),
        price.tokens());
  }

  /** What one speech step costs: by the characters (code points) of its text. */
  public StepPrice priceOfSpeech(Model model, StepParameters parameters, String text) {
    return price(model, parameters, text.codePointCount(0, text.length()));
  }

  /**
   * The model of that id and kind, if its steps can run.
   *
   * @param field of the request that names it
   * @throws ProblemException when there is none, or what it needs is not installed
   */
  public Model usable(StepKind kind, String id, String field) {
    Model model =
        find(kind, id)
            .orElseThrow(() ->
                ProblemException.of(
                    ProblemType.UNKNOWN_MODEL,
                    FieldProblem.of(
                        field, "names no model of kind " + kind.wireName(), ids(kind))));
    if (model.missing() != null) {
      throw ProblemException.of(
          ProblemType.MODEL_UNAVAILABLE,
          FieldProblem.of(
              field,
              "%s needs the package %s, which is not installed where its steps run"
                  .formatted(id, model.missing())));
    }
    return model;
  }

  private static List<StepParameters> offers(Model model) {
    if (model.kind() == StepKind.I2V) {
      return model.resolutions().stream()
          .map(resolution -> StepParameters.video(resolution, BigDecimal.ONE, null))
          .toList();
    }
    return List.of(
        StepParameters.image(
            model.defaultSize(),
            model.defaultQuality(),
            model.formats().getFirst(),
            model.outputQuality()));
  }
}
