/** The port to paid models: what a call gets, what may become of it, and who answers to a name. */
@NullMarked
package io.kombine.worker.provider;

import org.jspecify.annotations.NullMarked;
