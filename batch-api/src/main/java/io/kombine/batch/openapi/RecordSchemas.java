package io.kombine.batch.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Schemas of Kombine's records and enums as Jackson 3 writes them, which the converter that
 * springdoc brings does not know. A component that may be null is left out of an answer, or is null
 * where its record says so; all others are required.
 */
final class RecordSchemas implements ModelConverter {

  private static final String OURS = "io.kombine.";

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
    Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
    if (raw.getName().startsWith(OURS)) {
      if (raw.isRecord()) {
        Method value = valueOf(raw);
        return value == null
            ? record(raw, context)
            : resolved(value.getGenericReturnType(), context);
      }
      if (raw.isEnum()) {
        return named(raw, words(raw), context);
      }
    }
    return others.hasNext() ? others.next().resolve(type, context, others) : null;
  }

  private static Schema<?> record(Class<?> type, ModelConverterContext context) {
    JsonSchema schema = new JsonSchema();
    schema.addType("object");
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Schema<?> property = resolved(component.getGenericType(), context);
      boolean maybeNull = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      String name = name(type, component);
      if (maybeNull && isShownAsNull(type, component)) {
        property = orNull(property);
        required.add(name);
      } else if (!maybeNull) {
        required.add(name);
      }
      schema.addProperty(name, property);
    }
    for (Method method : type.getDeclaredMethods()) {
      if (method.isAnnotationPresent(JsonProperty.class) && !isAccessor(type, method)) {
        schema.addProperty(method.getName(), resolved(method.getGenericReturnType(), context));
      }
    }
    schema.setRequired(required.isEmpty() ? null : required);
    return named(type, schema, context);
  }

  private static boolean isAccessor(Class<?> type, Method method) {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(component -> component.getAccessor().equals(method));
  }

  private static Schema<?> resolved(Type type, ModelConverterContext context) {
    return context.resolve(new AnnotatedType(type).resolveAsRef(true));
  }

  private static Schema<?> named(Class<?> type, Schema<?> schema, ModelConverterContext context) {
    String name = SchemaNames.of(type);
    context.defineModel(name, schema, type, null);
    return new JsonSchema().$ref("#/components/schemas/" + name);
  }

  private static Schema<?> orNull(Schema<?> schema) {
    if (schema.get$ref() == null) {
      // why a copy: the schema of a plain type is shared
      JsonSchema copy = Json31.mapper().convertValue(schema, JsonSchema.class);
      copy.addType("null");
      return copy;
    }
    JsonSchema none = new JsonSchema();
    none.addType("null");
    return new JsonSchema().anyOf(List.of(schema, none));
  }

  private static Schema<?> words(Class<?> type) {
    JsonSchema schema = new JsonSchema();
    schema.addType("string");
    Arrays.stream(type.getEnumConstants())
        .forEach(each -> schema.addEnumItemObject(word(type, each)));
    return schema;
  }

  private static String word(Class<?> type, Object constant) {
    Method value = valueOf(type);
    try {
      if (value != null) {
        value.setAccessible(true);
        return String.valueOf(value.invoke(constant));
      }
      Field field = type.getField(((Enum<?>) constant).name());
      JsonProperty named = field.getAnnotation(JsonProperty.class);
      return named == null ? field.getName() : named.value();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static @Nullable Method valueOf(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(JsonValue.class))
        .findFirst()
        .orElse(null);
  }

  private static String name(Class<?> type, RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    if (named != null && !named.value().isEmpty()) {
      return named.value();
    }
    JsonNaming naming = type.getAnnotation(JsonNaming.class);
    return naming != null && naming.value() == SnakeCaseStrategy.class
        ? new SnakeCaseStrategy().nameForField(null, null, component.getName())
        : component.getName();
  }

  private static boolean isShownAsNull(Class<?> type, RecordComponent component) {
    for (AnnotatedElement place : List.of(component.getAccessor(), type)) {
      JsonInclude include = place.getAnnotation(JsonInclude.class);
      if (include != null) {
        return Set.of(JsonInclude.Include.ALWAYS, JsonInclude.Include.USE_DEFAULTS)
            .contains(include.value());
      }
    }
    return false;
  }
}
