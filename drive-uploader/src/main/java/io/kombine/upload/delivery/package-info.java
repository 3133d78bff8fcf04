/** Deliveries: one file of the tree each, put there once however often it is asked for. */
@NullMarked
package io.kombine.upload.delivery;

import org.jspecify.annotations.NullMarked;
