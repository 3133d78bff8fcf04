/** Answers every error of a request as application/problem+json. */
@NullMarked
package io.kombine.batch.problem.web;

import org.jspecify.annotations.NullMarked;
