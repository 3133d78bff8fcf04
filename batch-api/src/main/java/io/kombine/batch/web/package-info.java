/** What all doors share at the HTTP edge: strict JSON and bounded bodies. */
@NullMarked
package io.kombine.batch.web;

import org.jspecify.annotations.NullMarked;
