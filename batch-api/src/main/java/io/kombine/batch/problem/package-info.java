/** What is wrong with a request, in the words of RFC 9457, whatever door it came through. */
@NullMarked
package io.kombine.batch.problem;

import org.jspecify.annotations.NullMarked;
