package io.kombine.i2v.provider.fal;

import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The accounts at fal.
 *
 * @param fal by the account's name, as {@code kombine.providers.fal.<account>}; without one, the
 *     provider is not there
 */
@Validated
@ConfigurationProperties("kombine.providers")
record FalProperties(@DefaultValue Map<String, @Valid FalAccount> fal) {}
