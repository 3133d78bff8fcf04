/** The service that puts outputs and manifests into the folder tree. */
@NullMarked
package io.kombine.upload;

import org.jspecify.annotations.NullMarked;
