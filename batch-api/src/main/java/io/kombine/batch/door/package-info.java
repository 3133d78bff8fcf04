/** What every front door is to those that hand it requests, whichever way they came. */
@NullMarked
package io.kombine.batch.door;

import org.jspecify.annotations.NullMarked;
