package io.kombine.batch.variant;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/images/bulk-generate-by-variant} as it came.
 *
 * @param customPrompt in place of the image type's own, with the same placeholders
 * @param templateId whose prompt stands in place of the image type's own; not beside customPrompt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VariantRequest(
    @Nullable List<@Nullable UUID> productIds,
    @Nullable String variant,
    @Nullable UUID imageTypeId,
    @Nullable String customPrompt,
    @Nullable UUID templateId) {}
