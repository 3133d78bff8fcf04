package io.kombine.worker;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What every service process has: the time, and a name of its own. */
@Configuration(proxyBeanMethods = false)
public class ProcessConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Begins with {@code kombine.worker-id}, or with the service's name where none is set. */
  @Bean
  WorkerIdentity workerIdentity(Environment environment) {
    return WorkerIdentity.of(
        environment.getProperty(
            "kombine.worker-id", environment.getProperty("spring.application.name", "kombine")));
  }
}
