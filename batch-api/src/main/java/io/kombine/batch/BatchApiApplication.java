package io.kombine.batch;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Front doors, plans and admission: owns the batch database. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BatchApiApplication {

  public static void main(String[] args) {
    SpringApplication.run(BatchApiApplication.class, args);
  }
}
