package io.kombine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@KombineInfrastructure
@SpringJUnitConfig(SpringContextIT.Empty.class)
class SpringContextIT {

  @Autowired Environment environment;

  @Test
  void contextPointsAtTheDatabaseOfTheTestClass(TestDatabase database) {
    assertThat(environment.getProperty("spring.datasource.url")).isEqualTo(database.jdbcUrl());
    assertThat(environment.getProperty("spring.kafka.bootstrap-servers"))
        .isEqualTo(TestKafka.bootstrapServers());
  }

  static class Empty {}
}
