/** The port to the drives that a folder tree can live in. */
@NullMarked
package io.kombine.upload.drive;

import org.jspecify.annotations.NullMarked;
