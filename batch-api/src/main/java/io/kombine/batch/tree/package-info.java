/** Names in the folder tree that hold on every file system. */
@NullMarked
package io.kombine.batch.tree;

import org.jspecify.annotations.NullMarked;
