package io.kombine.audio;

import io.kombine.worker.ProcessConfiguration;
import io.kombine.worker.provider.bench.BenchProviderConfiguration;
import io.kombine.worker.step.StepWorkerConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Makes the calls of {@code audio} steps. */
@SpringBootApplication(proxyBeanMethods = false)
@Import({
  ProcessConfiguration.class,
  StepWorkerConfiguration.class,
  BenchProviderConfiguration.class
})
public class AudioWorkerApplication {

  public static void main(String[] args) {
    SpringApplication.run(AudioWorkerApplication.class, args);
  }
}
