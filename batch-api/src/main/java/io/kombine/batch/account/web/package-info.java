/** Budgets over HTTP. */
@NullMarked
package io.kombine.batch.account.web;

import org.jspecify.annotations.NullMarked;
