/** Says so when no drive has the kind that was chosen. */
@NullMarked
package io.kombine.upload.drive.kind;

import org.jspecify.annotations.NullMarked;
