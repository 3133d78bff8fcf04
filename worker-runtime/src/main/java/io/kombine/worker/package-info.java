/** What every worker process is: its identity, and the beans that all of them share. */
@NullMarked
package io.kombine.worker;

import org.jspecify.annotations.NullMarked;
