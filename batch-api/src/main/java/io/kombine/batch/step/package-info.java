/**
 * How steps move: what a report, a control or a decision changes on a step, its children and its
 * money.
 */
@NullMarked
package io.kombine.batch.step;

import org.jspecify.annotations.NullMarked;
