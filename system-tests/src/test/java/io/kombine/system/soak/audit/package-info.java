/** Each guarantee finds what breaks it. */
@NullMarked
package io.kombine.system.soak.audit;

import org.jspecify.annotations.NullMarked;
