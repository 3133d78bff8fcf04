/** What happens to the system and when: follows from a seed alone. */
@NullMarked
package io.kombine.system.soak.schedule;

import org.jspecify.annotations.NullMarked;
