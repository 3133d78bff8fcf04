/** The gateway's own errors as RFC 9457 problem+json. */
@NullMarked
package io.kombine.gateway.problem;

import org.jspecify.annotations.NullMarked;
