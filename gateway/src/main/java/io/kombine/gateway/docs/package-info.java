/** The API's documents in one place, to read and for programs; needs no other server than this. */
@NullMarked
package io.kombine.gateway.docs;

import org.jspecify.annotations.NullMarked;
