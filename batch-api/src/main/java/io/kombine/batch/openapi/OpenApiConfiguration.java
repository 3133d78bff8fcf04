package io.kombine.batch.openapi;

import io.kombine.batch.access.Owner;
import io.swagger.v3.core.converter.ModelConverter;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes springdoc's document say what the API really reads and answers. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  static {
    // why: an owner follows from the key and is no parameter
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Owner.class);
  }

  @Bean
  ModelConverter recordSchemas() {
    return new RecordSchemas();
  }

  @Bean
  OpenApiCustomizer wording() {
    return new Wording(WordingFiles.read(), WordingFiles.answers());
  }
}
