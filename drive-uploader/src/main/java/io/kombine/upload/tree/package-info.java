/** Paths of the folder tree, and the rows that say which id each of them has on the drive. */
@NullMarked
package io.kombine.upload.tree;

import org.jspecify.annotations.NullMarked;
