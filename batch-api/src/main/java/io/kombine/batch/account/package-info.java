/** What owners may spend in all: records of their keys, budgets and balances. */
@NullMarked
package io.kombine.batch.account;

import org.jspecify.annotations.NullMarked;
