package io.kombine.batch.door;

import io.kombine.batch.BatchApiApplication;
import io.kombine.worker.artifact.ArtifactConfiguration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/**
 * batch-api without what moves steps by itself, so that tests find rows as they left them. No
 * stereotype, so that no scan of the application finds it.
 */
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackageClasses = BatchApiApplication.class)
@ConfigurationPropertiesScan(basePackageClasses = BatchApiApplication.class)
@ComponentScan(
    basePackageClasses = BatchApiApplication.class,
    excludeFilters = {
      @Filter(
          type = FilterType.REGEX,
          pattern =
              "io\\.kombine\\.batch\\.(admission|publish|event|manifest|status|rebuild)\\..*|io\\.kombine\\.batch\\.eta\\.EtaRefresh"),
      @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = BatchApiApplication.class)
    })
@Import(ArtifactConfiguration.class)
class DoorApplication {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
