/** Kombine's services as processes of their own, from their executable jars. */
@NullMarked
package io.kombine.local.service;

import org.jspecify.annotations.NullMarked;
