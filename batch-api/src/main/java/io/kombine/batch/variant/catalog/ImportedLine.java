package io.kombine.batch.variant.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A record of an imported file: a product as it came, or why it can't be read as one.
 *
 * @param line of the file, counted from 1
 */
record ImportedLine(long line, @Nullable ProductInput product, @Nullable String unreadable) {

  static ImportedLine of(long line, ProductInput product) {
    return new ImportedLine(line, product, null);
  }

  static ImportedLine broken(long line, String why) {
    return new ImportedLine(line, null, why);
  }
}
