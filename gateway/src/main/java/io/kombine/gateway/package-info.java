/** The one door of clients: routes, live status and the first status page. */
@NullMarked
package io.kombine.gateway;

import org.jspecify.annotations.NullMarked;
