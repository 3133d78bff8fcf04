/** A seed's schedule is the same every time. */
@NullMarked
package io.kombine.system.soak.schedule;

import org.jspecify.annotations.NullMarked;
