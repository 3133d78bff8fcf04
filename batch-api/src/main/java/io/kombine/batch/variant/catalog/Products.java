package io.kombine.batch.variant.catalog;

import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.variant.catalog.NewProduct.NewImage;
import io.kombine.batch.variant.catalog.ProductInput.ImageInput;
import io.kombine.batch.variant.catalog.ProductView.GeneratedView;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** An owner's products; no other sees them. */
@Service
public class Products {

  private final JdbcClient jdbc;
  private final ProductRows rows;
  private final ProductChecks checks;
  private final Clock clock;

  Products(JdbcClient jdbc, ProductRows rows, ProductChecks checks, Clock clock) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.checks = checks;
    this.clock = clock;
  }

  /** How many products have a source image of a variant. */
  public record VariantCount(String variant, long count) {}

  /**
   * Adds a product.
   *
   * @throws ProblemException naming what is wrong, or that the ASIN is there already
   */
  @Transactional
  public ProductView add(String owner, ProductInput input) {
    FieldProblems problems = new FieldProblems();
    NewProduct product = checks.product(owner, input, problems);
    problems.throwIfAny(ProblemType.INVALID_REQUEST);
    boolean there =
        jdbc.sql("SELECT count(*) FROM products WHERE owner = ? AND asin = ?")
                .params(owner, product.asin())
                .query(Integer.class)
                .single()
            > 0;
    if (there) {
      throw taken();
    }
    UUID id =
        Objects.requireNonNull(rows.upsert(owner, List.of(product), now()).get(product.asin()));
    return rows.find(owner, List.of(id)).getFirst();
  }

  /** Changes what is given of a product. */
  @Transactional
  public Optional<ProductView> change(String owner, UUID id, ProductInput input) {
    FieldProblems problems = new FieldProblems();
    String asin = input.asin() == null ? null : ProductChecks.asin(problems, input.asin());
    String title = input.title() == null ? null : ProductChecks.title(problems, input.title());
    if (input.images() != null) {
      problems.add("images", "are added and removed one by one");
    }
    problems.throwIfAny(ProblemType.INVALID_REQUEST);
    try {
      jdbc.sql(
              """
              UPDATE products SET asin = coalesce(CAST(? AS text), asin),
                title = coalesce(CAST(? AS text), title), updated_at = ?
              WHERE product_id = ? AND owner = ?
              """)
          .param(asin)
          .param(title)
          .param(now())
          .param(id)
          .param(owner)
          .update();
    } catch (DuplicateKeyException there) {
      throw taken();
    }
    return rows.find(owner, List.of(id)).stream().findFirst();
  }

  /** Removes a product and its source images; what was generated of it stays in its jobs. */
  @Transactional
  public boolean remove(String owner, UUID id) {
    return jdbc.sql("DELETE FROM products WHERE product_id = ? AND owner = ?")
            .params(id, owner)
            .update()
        > 0;
  }

  /** Adds a source image to a product. */
  @Transactional
  public Optional<ProductView> addImage(String owner, UUID id, ImageInput input) {
    FieldProblems problems = new FieldProblems();
    NewImage image = checks.image(owner, "", input.variant(), input.url(), problems);
    problems.throwIfAny(ProblemType.INVALID_REQUEST);
    List<UUID> product =
        jdbc.sql("SELECT product_id FROM products WHERE product_id = ? AND owner = ? FOR UPDATE")
            .params(id, owner)
            .query(UUID.class)
            .list();
    if (product.isEmpty()) {
      return Optional.empty();
    }
    int images =
        jdbc.sql("SELECT count(*) FROM product_images WHERE product_id = ?")
            .param(id)
            .query(Integer.class)
            .single();
    if (images >= ProductChecks.MAX_IMAGES) {
      throw new ProblemException(
          ProblemType.LIMIT_REACHED,
          "The product has %d source images, which is the most.".formatted(images));
    }
    rows.addImage(owner, id, Objects.requireNonNull(image), now());
    return rows.find(owner, List.of(id)).stream().findFirst();
  }

  /** Removes a source image. */
  @Transactional
  public boolean removeImage(String owner, UUID id, UUID imageId) {
    return jdbc.sql(
                "DELETE FROM product_images WHERE image_id = ? AND product_id = ? AND owner = ?")
            .params(imageId, id, owner)
            .update()
        > 0;
  }

  /** A page of products. */
  public ProductPage list(String owner, ProductFilter filter) {
    List<ProductView> found = rows.list(owner, filter);
    boolean more = found.size() > filter.limit();
    List<ProductView> page = more ? found.subList(0, filter.limit()) : found;
    return new ProductPage(page, more ? page.getLast().productId().toString() : null);
  }

  /** A product with its images of both sorts. */
  @Transactional(readOnly = true)
  public Optional<ProductView> find(String owner, UUID id) {
    return rows.find(owner, List.of(id)).stream()
        .findFirst()
        .map(product ->
            new ProductView(
                product.productId(),
                product.asin(),
                product.title(),
                product.createdAt(),
                product.updatedAt(),
                product.images(),
                generated(owner, id)));
  }

  /** The products of these ids that are the owner's, in no order. */
  public List<ProductView> find(String owner, List<UUID> ids) {
    return rows.find(owner, ids);
  }

  /** Each variant that there is with the products that have it, most frequent first. */
  @Transactional(readOnly = true)
  public List<VariantCount> variants(String owner) {
    return jdbc.sql(
            """
            SELECT variant, count(*) AS count
            FROM (SELECT DISTINCT variant, product_id FROM product_images WHERE owner = ?) each
            GROUP BY variant ORDER BY count DESC, variant LIMIT 1000
            """)
        .param(owner)
        .query(VariantCount.class)
        .list();
  }

  private List<GeneratedView> generated(String owner, UUID productId) {
    return jdbc.sql(
            """
            SELECT r.batch_id, r.variant, r.image_type, s.prompt, o.artifact_id
            FROM variant_rows r
            JOIN batches b ON b.batch_id = r.batch_id AND b.owner = ?
            JOIN steps s ON s.batch_id = r.batch_id AND s.group_index = r.group_index
            JOIN step_outputs o ON o.step_id = s.step_id
            WHERE r.product_id = ? ORDER BY r.batch_id DESC, o.output_index LIMIT ?
            """)
        .params(owner, productId, ProductView.MAX_GENERATED)
        .query((row, _) -> {
          UUID artifact = row.getObject("artifact_id", UUID.class);
          String url = OwnedArtifact.path(artifact);
          return new GeneratedView(
              row.getObject("batch_id", UUID.class),
              row.getString("variant"),
              row.getString("image_type"),
              row.getString("prompt"),
              artifact,
              url,
              url + "?thumbnail=128");
        })
        .list();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static ProblemException taken() {
    return new ProblemException(
        ProblemType.STATE_CONFLICT,
        "asin: is another product's.",
        List.of(FieldProblem.of("asin", "is another product's")));
  }

  /** Why there is nothing for an id. */
  public static ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.PRODUCT_NOT_FOUND, "There is no product " + id + " of yours.");
  }

  /** The variant that a filter names, or a problem. */
  public static @Nullable String variantOf(@Nullable String name) {
    if (name == null) {
      return null;
    }
    FieldProblems problems = new FieldProblems();
    String variant = ProductChecks.variant(problems, "variant", name);
    problems.throwIfAny(ProblemType.INVALID_REQUEST);
    return variant;
  }
}
