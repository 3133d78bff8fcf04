/** What a request must be like to be let in, and what browsers are told. */
@NullMarked
package io.kombine.gateway.access;

import org.jspecify.annotations.NullMarked;
