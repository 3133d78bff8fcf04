package io.kombine.batch.variant;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What images of products are made with; their requests name no model.
 *
 * @param imageModel default {@code local-image}; one that is not in the catalog stops the start
 */
@Validated
@ConfigurationProperties("kombine.variants")
record VariantsProperties(@DefaultValue("local-image") @NotBlank String imageModel) {}
