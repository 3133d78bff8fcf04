package io.kombine.i2v.provider.kling;

import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The accounts at Kling.
 *
 * @param kling by the account's name, as {@code kombine.providers.kling.<account>}; without one,
 *     the provider is not there
 */
@Validated
@ConfigurationProperties("kombine.providers")
record KlingProperties(@DefaultValue Map<String, @Valid KlingAccount> kling) {}
