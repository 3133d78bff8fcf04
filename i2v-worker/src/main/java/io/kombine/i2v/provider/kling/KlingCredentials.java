package io.kombine.i2v.provider.kling;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;

/** Makes the {@code Authorization} header of a request: the API key, or a fresh signed token. */
final class KlingCredentials {

  private static final Duration LIFE = Duration.ofMinutes(30);

  /** How far Kling's clock may be behind. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final KlingAccount account;
  private final Clock clock;

  KlingCredentials(KlingAccount account, Clock clock) {
    this.account = account;
    this.clock = clock;
  }

  String header() {
    String apiKey = account.apiKey();
    return "Bearer " + (apiKey == null || apiKey.isBlank() ? token() : apiKey);
  }

  private String token() {
    Instant now = clock.instant();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(),
            new JWTClaimsSet.Builder()
                .issuer(account.accessKey())
                .expirationTime(Date.from(now.plus(LIFE)))
                .notBeforeTime(Date.from(now.minus(SKEW)))
                .build());
    try {
      token.sign(new MACSigner(Objects.requireNonNull(account.secretKey())));
    } catch (JOSEException e) {
      throw new IllegalStateException("the token for Kling cannot be signed", e);
    }
    return token.serialize();
  }
}
