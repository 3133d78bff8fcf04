/** The one door of clients: routes, live status and the web console. */
@NullMarked
package io.kombine.gateway;

import org.jspecify.annotations.NullMarked;
