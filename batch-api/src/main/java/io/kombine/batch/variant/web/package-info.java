/** The variants front door over HTTP. */
@NullMarked
package io.kombine.batch.variant.web;

import org.jspecify.annotations.NullMarked;
