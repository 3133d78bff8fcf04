/** What each call was billed, for people who check the books. */
@NullMarked
package io.kombine.batch.ledger;

import org.jspecify.annotations.NullMarked;
