/** Downloads over HTTP. */
@NullMarked
package io.kombine.batch.download.web;

import org.jspecify.annotations.NullMarked;
