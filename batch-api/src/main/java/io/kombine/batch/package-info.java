/** The batch API: front doors turn requests into plans, admission feeds them to the workers. */
@NullMarked
package io.kombine.batch;

import org.jspecify.annotations.NullMarked;
