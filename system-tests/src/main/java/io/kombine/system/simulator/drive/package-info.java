/** Google Drive v3: folders, resumable uploads, generated ids, lists and its quotas. */
@NullMarked
package io.kombine.system.simulator.drive;

import org.jspecify.annotations.NullMarked;
