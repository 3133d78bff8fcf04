/** What other services of Kombine read over HTTP; not routed to clients. */
@NullMarked
package io.kombine.batch.status.web;

import org.jspecify.annotations.NullMarked;
