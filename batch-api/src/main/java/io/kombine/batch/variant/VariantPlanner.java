package io.kombine.batch.variant;

import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.tree.SafeNames;
import io.kombine.batch.tree.TreePaths;
import io.kombine.batch.variant.catalog.ProductView;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepInput.Role;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Plans one image step for each product that has a source image. Paths are {@code
 * <ASIN>/<variant>_<image type>.jpg}. Pure.
 */
final class VariantPlanner {

  private VariantPlanner() {}

  /** The products of an order that have an image, in its order: the plan's groups. */
  static List<ProductView> groups(VariantOrder order, Map<UUID, OwnedArtifact> images) {
    return order.products().stream()
        .filter(product -> images.containsKey(product.productId()))
        .toList();
  }

  static Plan plan(
      VariantOrder order,
      Map<UUID, OwnedArtifact> images,
      VariantModel model,
      ModelCatalog catalog) {
    List<PlannedGroup> groups = new ArrayList<>();
    List<PlannedStep> steps = new ArrayList<>();
    TreePaths paths = new TreePaths();
    Model of = model.model();
    StepParameters parameters = model.parameters();
    String extension = "png".equals(parameters.outputFormat()) ? "png" : "jpg";
    for (ProductView product : groups(order, images)) {
      OwnedArtifact image = images.get(product.productId());
      if (image == null) {
        continue;
      }
      int group = groups.size();
      groups.add(
          new PlannedGroup(
              group, product.asin(), image.artifact(), OwnedArtifact.path(image.id())));
      String folder = SafeNames.of(product.asin(), "product");
      steps.add(
          new PlannedStep(
              group,
              group,
              StepKind.I2I,
              null,
              of.account(),
              of.provider(),
              of.id(),
              order.promptFor(product),
              0,
              0,
              parameters,
              List.of(StepInput.of(Role.IMAGE, image.artifact())),
              1,
              catalog.price(of, parameters, 1),
              null,
              List.of(
                  paths.file(
                      List.of(folder),
                      order.variant() + "_" + order.imageType().name(),
                      extension)),
              false));
    }
    return new Plan(BatchKind.VARIANT, groups, steps);
  }
}
