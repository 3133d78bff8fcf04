package io.kombine.audio.provider.local;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where espeak-ng is.
 *
 * @param program its name on the {@code PATH}, the default being {@code espeak-ng}, or its path.
 *     Where there is none the worker is healthy all the same, and each step of {@code local-voice}
 *     that comes to it fails with the name of the package
 */
@Validated
@ConfigurationProperties("kombine.providers.local.espeak")
record EspeakProperties(@DefaultValue("espeak-ng") @NotBlank String program) {}
