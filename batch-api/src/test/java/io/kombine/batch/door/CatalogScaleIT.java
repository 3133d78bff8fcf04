package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The catalog with 100,000 products, over HTTP. Prints its times and asserts none of them. */
class CatalogScaleIT extends DoorIT {

  private static final int PRODUCTS = 100_000;
  private static final int CALLS = 60;
  private static final List<String> WORDS =
      List.of("mug", "lamp", "chair", "table", "rug", "shelf", "vase", "clock", "desk", "bowl");

  @Test
  void aHundredThousandProductsAreImportedSearchedAndPaged() {
    Random random = new Random(42);
    StringBuilder csv = new StringBuilder("asin,title,MAIN,PT01\n");
    for (int i = 0; i < PRODUCTS; i++) {
      csv.append(
          "G%09d,Handmade %s %s no %d,http://h/%d.jpg,%s%n"
              .formatted(i, word(random), word(random), i, i, i % 3 == 0 ? "http://h/p" + i : ""));
    }
    long start = System.nanoTime();
    Answer imported =
        send(
            to("/api/products/import")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv.toString())));
    System.out.printf("import of %,d products: %d ms%n", PRODUCTS, millis(start));
    assertThat(imported.body().at("/imported").asInt()).isEqualTo(PRODUCTS);
    jdbc.sql("ANALYZE products, product_images").update();

    measure("first page", "/api/products?limit=50");
    measure("frequent word", "/api/products?query=mug&limit=50");
    measure("two words of one title", "/api/products?query=lamp%20chair&limit=50");
    measure("one product", "/api/products?query=no%2077777&limit=50");
    measure("an ASIN's beginning", "/api/products?query=g00004321&limit=50");
    measure("nothing", "/api/products?query=zeppelin&limit=50");
    measure("two letters that nothing has", "/api/products?query=zq&limit=50");
    measure("variant", "/api/products?variant=PT01&limit=50");
    measure("variants summary", "/api/products/variants-summary");
    assertThat(get("/api/products?query=no%2077777").body().at("/products").size()).isEqualTo(1);

    int seen = 0;
    String cursor = "";
    long[] pages = new long[PRODUCTS / 500];
    for (int page = 0; page < pages.length; page++) {
      long began = System.nanoTime();
      Answer answer = get("/api/products?limit=500" + cursor);
      pages[page] = System.nanoTime() - began;
      seen += answer.body().at("/products").size();
      cursor = "&cursor=" + answer.text("/nextCursor");
    }
    print("each of 200 pages of 500", pages);
    assertThat(seen).isEqualTo(PRODUCTS);
  }

  private void measure(String what, String path) {
    get(path);
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      assertThat(get(path).status()).isEqualTo(200);
      nanos[i] = System.nanoTime() - start;
    }
    print(what, nanos);
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%s: p50 %.1f ms, p99 %.1f ms%n",
        what, nanos[nanos.length / 2] / 1e6, nanos[(int) (nanos.length * 0.99)] / 1e6);
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }
}
