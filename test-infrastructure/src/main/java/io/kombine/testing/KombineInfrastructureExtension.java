package io.kombine.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Resolves the database of a test class that carries {@link KombineInfrastructure}. */
final class KombineInfrastructureExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestDatabase.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return TestPostgres.databaseOf(annotated(context.getRequiredTestClass()));
  }

  /** The class, itself or the nearest one above or around, that carries the annotation. */
  static Class<?> annotated(Class<?> testClass) {
    for (Class<?> at = testClass; at != null; at = at.getSuperclass()) {
      if (at.getDeclaredAnnotationsByType(KombineInfrastructure.class).length > 0) {
        return at;
      }
    }
    Class<?> around = testClass.getEnclosingClass();
    return around == null ? testClass : annotated(around);
  }
}
