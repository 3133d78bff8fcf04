/** Compares the ledger with what providers bill. */
@NullMarked
package io.kombine.local.money;

import org.jspecify.annotations.NullMarked;
