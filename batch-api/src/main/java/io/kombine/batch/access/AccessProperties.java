package io.kombine.batch.access;

import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may ask.
 *
 * @param defaultOwner whom a request without a key acts for; none by default: such requests get 401
 * @param keys owner by name → SHA-256 of its API key in lower-case hexadecimal, so that no key
 *     stands in a file; none by default. A key of nobody gets 401
 */
@Validated
@ConfigurationProperties("kombine.access")
record AccessProperties(
    @Nullable String defaultOwner,
    @DefaultValue
        Map<
                String,
                @Pattern(regexp = "[0-9a-f]{64}", message = "must be a SHA-256 in hexadecimal")
                String>
            keys) {}
