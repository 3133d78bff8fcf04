/** PostgreSQL as a process of its own, from packed binaries. */
@NullMarked
package io.kombine.local.postgres;

import org.jspecify.annotations.NullMarked;
