/** A client of Kombine's REST interface, as the launcher's verbs and the system tests need it. */
@NullMarked
package io.kombine.local.client;

import org.jspecify.annotations.NullMarked;
