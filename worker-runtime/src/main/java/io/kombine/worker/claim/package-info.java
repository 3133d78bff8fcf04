/** Who may make a step's paid call, under which cap, and what became of it: the spend ledger. */
@NullMarked
package io.kombine.worker.claim;

import org.jspecify.annotations.NullMarked;
