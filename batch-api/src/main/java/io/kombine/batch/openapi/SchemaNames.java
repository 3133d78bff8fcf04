package io.kombine.batch.openapi;

/** Names of schemas, different for types of different records and controllers. */
final class SchemaNames {

  private SchemaNames() {}

  /** A nested type's name begins with that of the type around it, without what says its role. */
  static String of(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    if (around == null) {
      return type.getSimpleName();
    }
    String outer = of(around).replaceAll("(Controller|Views)$", "");
    String inner = type.getSimpleName();
    return inner.startsWith(outer) || outer.startsWith(inner) ? inner : outer + inner;
  }
}
