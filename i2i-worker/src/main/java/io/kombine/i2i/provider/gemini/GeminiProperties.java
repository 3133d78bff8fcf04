package io.kombine.i2i.provider.gemini;

import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The accounts at Gemini.
 *
 * @param gemini by the account's name, as {@code kombine.providers.gemini.<account>}; without one,
 *     the provider is not there
 */
@Validated
@ConfigurationProperties("kombine.providers")
record GeminiProperties(@DefaultValue Map<String, @Valid GeminiAccount> gemini) {}
