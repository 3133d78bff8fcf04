/** Rebuilding for operators, over HTTP within the system. */
@NullMarked
package io.kombine.batch.rebuild.web;

import org.jspecify.annotations.NullMarked;
