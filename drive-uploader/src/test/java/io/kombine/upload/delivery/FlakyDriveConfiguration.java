package io.kombine.upload.delivery;

import io.kombine.upload.drive.Drive;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Puts trouble around the configured drive. */
@TestConfiguration(proxyBeanMethods = false)
class FlakyDriveConfiguration {

  @Bean
  static BeanPostProcessor flakyDrives() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof Drive drive && !(bean instanceof FlakyDrive)
            ? new FlakyDrive(drive)
            : bean;
      }
    };
  }
}
