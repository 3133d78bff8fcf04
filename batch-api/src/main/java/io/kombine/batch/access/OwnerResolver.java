package io.kombine.batch.access;

import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Finds a request's {@link Owner} by its {@code X-Api-Key}; without one, the default owner. */
@Component
class OwnerResolver implements HandlerMethodArgumentResolver {

  static final String HEADER = "X-Api-Key";

  private final AccessProperties properties;

  OwnerResolver(AccessProperties properties) {
    this.properties = properties;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Owner.class;
  }

  @Override
  public Owner resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return ownerOf(request.getHeader(HEADER));
  }

  Owner ownerOf(@Nullable String key) {
    if (key == null) {
      if (properties.defaultOwner() == null) {
        throw new ProblemException(
            ProblemType.UNAUTHORIZED, "The header " + HEADER + " is required.");
      }
      return new Owner(properties.defaultOwner());
    }
    byte[] hash = sha256(key);
    return properties.keys().entrySet().stream()
        .filter(entry -> MessageDigest.isEqual(HexFormat.of().parseHex(entry.getValue()), hash))
        .map(Map.Entry::getKey)
        .map(Owner::new)
        .findFirst()
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.UNAUTHORIZED, "The key in " + HEADER + " is nobody's."));
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
