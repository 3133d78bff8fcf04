package io.kombine.batch;

import io.kombine.worker.artifact.ArtifactConfiguration;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Front doors, plans and admission: owns the batch database. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(ArtifactConfiguration.class)
public class BatchApiApplication {

  public static void main(String[] args) {
    SpringApplication.run(BatchApiApplication.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
