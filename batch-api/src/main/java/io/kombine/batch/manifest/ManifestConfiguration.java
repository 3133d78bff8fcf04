package io.kombine.batch.manifest;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets what looks for work at intervals do so. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ManifestConfiguration {}
