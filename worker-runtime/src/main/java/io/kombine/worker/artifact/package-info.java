/** Where media bytes live, addressed by their content, and how images among them are judged. */
@NullMarked
package io.kombine.worker.artifact;

import org.jspecify.annotations.NullMarked;
