package io.kombine.upload.drive.local;

import io.kombine.upload.drive.Drive;
import java.io.IOException;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes a folder of this machine the drive, unless another kind is chosen. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "kombine.drive.kind", havingValue = "local", matchIfMissing = true)
@EnableConfigurationProperties(LocalDriveProperties.class)
class LocalDriveConfiguration {

  @Bean
  Drive localFolderDrive(LocalDriveProperties properties, Clock clock) throws IOException {
    return LocalFolderDrive.open(
        properties.directory(),
        properties.resumableFrom().toBytes(),
        clock.instant().minus(properties.leftoverAge()));
  }
}
