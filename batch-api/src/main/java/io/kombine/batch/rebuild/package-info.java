/** Makes a batch's steps anew from its plan and from what was said of them. */
@NullMarked
package io.kombine.batch.rebuild;

import org.jspecify.annotations.NullMarked;
