package io.kombine.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Points the Spring context of a {@link KombineInfrastructure} test at the broker and at the
 * class's database.
 */
final class SpringContextFactory implements ContextCustomizerFactory {

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
    Class<?> annotated = KombineInfrastructureExtension.annotated(testClass);
    return annotated.isAnnotationPresent(KombineInfrastructure.class)
        ? new Properties(annotated)
        : null;
  }

  /** Equal for one annotated class, which makes Spring cache one context for its database. */
  private record Properties(Class<?> annotated) implements ContextCustomizer {

    @Override
    public void customizeContext(
        ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "kombine-infrastructure",
                  TestInfrastructure.properties(TestPostgres.databaseOf(annotated))));
    }
  }
}
