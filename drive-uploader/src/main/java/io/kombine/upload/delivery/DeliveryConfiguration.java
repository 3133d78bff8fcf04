package io.kombine.upload.delivery;

import io.kombine.worker.consume.CappedConsumer;
import io.kombine.worker.consume.CappedConsumerFactory;
import io.kombine.worker.consume.ConsumeConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Consumption of {@code deliveries} under the cap of uploads. */
@Configuration(proxyBeanMethods = false)
@Import(ConsumeConfiguration.class)
class DeliveryConfiguration {

  @Bean
  CappedConsumer deliveriesConsumer(
      CappedConsumerFactory consumers, DeliveryTaskHandler handler, UndeliverableListener letters) {
    return consumers.forDeliveries(handler, letters);
  }
}
