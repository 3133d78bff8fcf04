/** How requests reach batch-api and how its absence is answered. */
@NullMarked
package io.kombine.gateway.route;

import org.jspecify.annotations.NullMarked;
