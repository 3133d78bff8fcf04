package io.kombine.upload.drive.kind;

import io.kombine.upload.drive.Drive;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Stops the start where {@code kombine.drive.kind} names no drive. */
@Configuration(proxyBeanMethods = false)
@Conditional(UnknownKind.class)
class UnknownKindConfiguration {

  @Bean
  Drive noDrive(Environment environment) {
    throw new IllegalStateException(
        "kombine.drive.kind must be %s, not '%s'."
            .formatted(
                String.join(" or ", UnknownKind.KINDS),
                environment.getProperty("kombine.drive.kind")));
  }
}
