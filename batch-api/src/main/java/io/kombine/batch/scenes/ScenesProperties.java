package io.kombine.batch.scenes;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What scenes are made with; their requests name no models. A model that is not in the catalog, or
 * can't do what is said here, stops the start.
 *
 * @param imageModel default {@code local-image}
 * @param videoModel default {@code local-video}
 * @param videoResolution one of the video model's; default {@code 720p}
 * @param videoSeconds length of a clip, within the video model's bounds; default 5
 */
@Validated
@ConfigurationProperties("kombine.scenes")
record ScenesProperties(
    @DefaultValue("local-image") @NotBlank String imageModel,
    @DefaultValue("local-video") @NotBlank String videoModel,
    @DefaultValue("720p") @NotBlank String videoResolution,
    @DefaultValue("5") @NotNull BigDecimal videoSeconds) {}
