package io.kombine.i2i.provider.openai;

import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The accounts at OpenAI.
 *
 * @param openai by the account's name, as {@code kombine.providers.openai.<account>}; without one,
 *     the provider is not there
 */
@Validated
@ConfigurationProperties("kombine.providers")
record OpenAiProperties(@DefaultValue Map<String, @Valid OpenAiAccount> openai) {}
