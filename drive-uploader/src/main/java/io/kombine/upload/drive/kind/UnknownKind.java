package io.kombine.upload.drive.kind;

import java.util.List;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether {@code kombine.drive.kind} names no drive that there is; the default is local. */
final class UnknownKind implements Condition {

  static final List<String> KINDS = List.of("local", "google");

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    String kind = context.getEnvironment().getProperty("kombine.drive.kind", "local");
    return KINDS.stream().noneMatch(kind::equalsIgnoreCase);
  }
}
