package io.kombine.upload;

import io.kombine.worker.WorkerIdentity;
import io.kombine.worker.artifact.ArtifactConfiguration;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Puts outputs and manifests into the folder tree. */
@SpringBootApplication(proxyBeanMethods = false)
@Import(ArtifactConfiguration.class)
public class DriveUploaderApplication {

  public static void main(String[] args) {
    SpringApplication.run(DriveUploaderApplication.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  WorkerIdentity workerIdentity() {
    return WorkerIdentity.of("drive-uploader");
  }
}
