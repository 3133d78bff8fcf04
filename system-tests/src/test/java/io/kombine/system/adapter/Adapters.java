package io.kombine.system.adapter;

import io.kombine.worker.artifact.ImageProbe;
import io.kombine.worker.provider.StepProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Starts a worker's adapter as the worker does: by its configuration. */
final class Adapters {

  private Adapters() {}

  static AnnotationConfigApplicationContext start(
      Class<?> configuration, Map<String, Object> properties) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.registerBean(Clock.class, () -> Clock.systemUTC());
    context.registerBean(
        ImageProbe.class, () -> new ImageProbe(50_000_000, 2, Duration.ofSeconds(30)));
    context.register(configuration);
    context.refresh();
    return context;
  }

  static StepProvider provider(AnnotationConfigApplicationContext context) {
    return context.getBean(StepProvider.class);
  }
}
