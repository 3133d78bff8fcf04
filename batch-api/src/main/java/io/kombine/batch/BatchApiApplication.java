package io.kombine.batch;

import io.kombine.worker.ProcessConfiguration;
import io.kombine.worker.artifact.ArtifactConfiguration;
import io.kombine.worker.topic.TopicConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Front doors, plans and admission: owns the batch database. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({ProcessConfiguration.class, TopicConfiguration.class, ArtifactConfiguration.class})
public class BatchApiApplication {

  public static void main(String[] args) {
    SpringApplication.run(BatchApiApplication.class, args);
  }
}
