/**
 * The OpenAPI document: types as the code has them, with the words, limits and examples of {@code
 * openapi/*.yaml}.
 */
@NullMarked
package io.kombine.batch.openapi;

import org.jspecify.annotations.NullMarked;
