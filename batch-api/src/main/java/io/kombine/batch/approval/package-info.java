/** A person's yes to steps that wait for one. */
@NullMarked
package io.kombine.batch.approval;

import org.jspecify.annotations.NullMarked;
