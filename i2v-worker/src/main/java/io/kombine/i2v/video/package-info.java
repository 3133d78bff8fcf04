/** Video files, whoever made them: what they are, a picture of them, and where they lie for now. */
@NullMarked
package io.kombine.i2v.video;

import org.jspecify.annotations.NullMarked;
