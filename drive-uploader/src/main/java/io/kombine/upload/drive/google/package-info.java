/** A folder of Google Drive, or a shared drive, as a drive. */
@NullMarked
package io.kombine.upload.drive.google;

import org.jspecify.annotations.NullMarked;
