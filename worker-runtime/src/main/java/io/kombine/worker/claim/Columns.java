package io.kombine.worker.claim;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.PreparedStatementSetter;

/**
 * The parameters of a statement that works on many rows at once: each column an array, in the order
 * of the statement's question marks. For one thread.
 */
final class Columns<T> implements PreparedStatementSetter {

  private sealed interface Parameter {}

  private record Column(String type, @Nullable Object[] values) implements Parameter {}

  private record Value(Object value) implements Parameter {}

  private final List<T> rows;
  private final List<Parameter> parameters = new ArrayList<>();

  private Columns(List<T> rows) {
    this.rows = rows;
  }

  static <T> Columns<T> of(List<T> rows) {
    return new Columns<>(rows);
  }

  Columns<T> uuids(Function<T, UUID> of) {
    return column("uuid", of);
  }

  Columns<T> texts(Function<T, @Nullable String> of) {
    return column("text", of);
  }

  Columns<T> longs(Function<T, Long> of) {
    return column("int8", of);
  }

  Columns<T> ints(Function<T, @Nullable Integer> of) {
    return column("int4", of);
  }

  Columns<T> decimals(Function<T, @Nullable BigDecimal> of) {
    return column("numeric", of);
  }

  Columns<T> booleans(Function<T, Boolean> of) {
    return column("bool", of);
  }

  /** A parameter that is the same for all rows. */
  Columns<T> value(Object value) {
    parameters.add(new Value(value));
    return this;
  }

  private Columns<T> column(String type, Function<T, ? extends @Nullable Object> of) {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = of.apply(rows.get(i));
    }
    parameters.add(new Column(type, values));
    return this;
  }

  @Override
  public void setValues(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      switch (parameters.get(i)) {
        case Column(String type, @Nullable Object[] values) ->
            statement.setArray(i + 1, statement.getConnection().createArrayOf(type, values));
        case Value(Object value) -> statement.setObject(i + 1, value);
      }
    }
  }
}
