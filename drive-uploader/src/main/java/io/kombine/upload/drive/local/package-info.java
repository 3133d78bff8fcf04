/** A folder of this machine as a drive. */
@NullMarked
package io.kombine.upload.drive.local;

import org.jspecify.annotations.NullMarked;
