/** What becomes of work whose process dies at each of its boundaries. */
@NullMarked
package io.kombine.system.crash;

import org.jspecify.annotations.NullMarked;
