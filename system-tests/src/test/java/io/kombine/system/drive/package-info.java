/** Batches that are delivered into Google Drive, through outages and crashes. */
@NullMarked
package io.kombine.system.drive;

import org.jspecify.annotations.NullMarked;
