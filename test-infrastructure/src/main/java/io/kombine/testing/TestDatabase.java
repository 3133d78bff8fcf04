package io.kombine.testing;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** An empty PostgreSQL database that nobody else uses. Its user may do everything in it. */
public record TestDatabase(String jdbcUrl, String user, String password) {

  /** A source of new, unpooled connections to this database. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(user);
    source.setPassword(password);
    return source;
  }
}
