package io.kombine.batch.variant.catalog;

import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.variant.catalog.NewProduct.NewImage;
import io.kombine.batch.variant.catalog.ProductView.SourceView;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Products and their source images as they are stored. */
@Repository
class ProductRows {

  private final JdbcClient jdbc;

  ProductRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Writes products by their ASIN: those that are there get the new title and keep their images,
   * beside which the new ones are put.
   *
   * @param products with different ASINs
   * @return their ids by ASIN
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<String, UUID> upsert(String owner, List<NewProduct> products, OffsetDateTime now) {
    record Row(UUID id, String asin, String title) {}
    List<Row> rows =
        products.stream().map(each -> new Row(Ids.next(), each.asin(), each.title())).toList();
    Map<String, UUID> ids = new HashMap<>();
    jdbc.sql(
            """
            INSERT INTO products (product_id, owner, asin, title, created_at, updated_at)
            SELECT id, ?, asin, title, ?, ?
            FROM jsonb_to_recordset(CAST(? AS jsonb)) AS r (id uuid, asin text, title text)
            ON CONFLICT (owner, asin) DO UPDATE
            SET title = excluded.title, updated_at = excluded.updated_at
            RETURNING product_id, asin
            """)
        .params(owner, now, now, json(rows))
        .query(row -> {
          ids.put(row.getString("asin"), row.getObject("product_id", UUID.class));
        });
    List<ImageRow> images = new ArrayList<>();
    for (NewProduct product : products) {
      UUID id = ids.get(product.asin());
      for (NewImage image : product.images()) {
        images.add(ImageRow.of(id, image));
      }
    }
    insert(owner, images, now);
    return ids;
  }

  /** Puts an image beside those that a product has; the same address again is the same image. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void addImage(String owner, UUID productId, NewImage image, OffsetDateTime now) {
    insert(owner, List.of(ImageRow.of(productId, image)), now);
  }

  private record ImageRow(
      UUID id,
      @Nullable UUID product,
      String variant,
      String url,
      String shown,
      @Nullable UUID artifact,
      @Nullable Integer width,
      @Nullable Integer height) {

    static ImageRow of(@Nullable UUID product, NewImage image) {
      return new ImageRow(
          Ids.next(),
          product,
          image.variant(),
          image.url(),
          image.shownUrl(),
          image.artifactId(),
          image.widthPx(),
          image.heightPx());
    }
  }

  private void insert(String owner, List<ImageRow> images, OffsetDateTime now) {
    if (images.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO product_images (image_id, product_id, owner, variant, url, shown_url,
              artifact_id, width_px, height_px, created_at)
            SELECT DISTINCT ON (product, variant, shown)
              id, product, ?, variant, url, shown, artifact, width, height, ?
            FROM jsonb_to_recordset(CAST(? AS jsonb)) AS r (id uuid, product uuid, variant text,
              url text, shown text, artifact uuid, width int, height int)
            ON CONFLICT (product_id, variant, shown_url) DO UPDATE SET url = excluded.url
            """)
        .params(owner, now, json(images))
        .update();
  }

  /** A page of products with their images; one more than asked for where there are more. */
  @Transactional(readOnly = true)
  public List<ProductView> list(String owner, ProductFilter filter) {
    String query = filter.query() == null ? null : "%" + escaped(filter.query()) + "%";
    // why written together: a condition that is not there would keep the planner from the index
    StringBuilder sql = new StringBuilder("SELECT * FROM products p WHERE owner = :owner");
    if (query != null) {
      sql.append(" AND search LIKE :query");
    }
    if (filter.before() != null) {
      sql.append(" AND product_id < :before");
    }
    if (filter.variant() != null) {
      sql.append(
          """
           AND EXISTS (SELECT FROM product_images i
             WHERE i.owner = p.owner AND i.variant = :variant AND i.product_id = p.product_id)
          """);
    }
    sql.append(" ORDER BY product_id DESC LIMIT :limit");
    // why: a plan for any pattern would read all products for one that few of them have
    jdbc.sql("SET LOCAL plan_cache_mode = force_custom_plan").update();
    Map<UUID, List<SourceView>> images = new LinkedHashMap<>();
    List<ProductView> products =
        jdbc.sql(sql.toString())
            .param("owner", owner)
            .param("query", query)
            .param("before", filter.before())
            .param("variant", filter.variant())
            .param("limit", filter.limit() + 1)
            .query((row, _) -> product(row, images))
            .list();
    readImages(images);
    return products;
  }

  /** One product with its images. */
  @Transactional(readOnly = true)
  public List<ProductView> find(String owner, List<UUID> ids) {
    Map<UUID, List<SourceView>> images = new LinkedHashMap<>();
    List<ProductView> products =
        jdbc.sql("SELECT * FROM products WHERE owner = ? AND product_id = ANY (?)")
            .params(owner, ids.toArray(UUID[]::new))
            .query((row, _) -> product(row, images))
            .list();
    readImages(images);
    return products;
  }

  private static ProductView product(ResultSet row, Map<UUID, List<SourceView>> images)
      throws SQLException {
    UUID id = row.getObject("product_id", UUID.class);
    List<SourceView> ofProduct = new ArrayList<>();
    images.put(id, ofProduct);
    return new ProductView(
        id,
        row.getString("asin"),
        row.getString("title"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        ofProduct,
        null);
  }

  private void readImages(Map<UUID, List<SourceView>> images) {
    if (images.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            SELECT * FROM product_images WHERE product_id = ANY (?)
            ORDER BY product_id, variant, image_id
            """)
        .param(images.keySet().toArray(UUID[]::new))
        .query(row -> {
          List<SourceView> of = images.get(row.getObject("product_id", UUID.class));
          if (of != null) {
            of.add(image(row));
          }
        });
  }

  private static SourceView image(ResultSet row) throws SQLException {
    UUID artifact = row.getObject("artifact_id", UUID.class);
    String url = artifact == null ? null : OwnedArtifact.path(artifact);
    return new SourceView(
        row.getObject("image_id", UUID.class),
        row.getString("variant"),
        row.getString("shown_url"),
        url,
        url == null ? null : url + "?thumbnail=128",
        row.getObject("width_px", Integer.class),
        row.getObject("height_px", Integer.class),
        row.getString("problem"));
  }

  private static String escaped(String query) {
    return query
        .toLowerCase(Locale.ROOT)
        .replace("\\", "\\\\")
        .replace("%", "\\%")
        .replace("_", "\\_");
  }

  private static String json(Object rows) {
    return ContractJson.mapper().writeValueAsString(rows);
  }
}
