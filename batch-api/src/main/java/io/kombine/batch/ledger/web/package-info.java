/** The ledger over HTTP, as JSON and as CSV. */
@NullMarked
package io.kombine.batch.ledger.web;

import org.jspecify.annotations.NullMarked;
