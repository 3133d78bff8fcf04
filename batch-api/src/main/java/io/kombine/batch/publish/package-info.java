/** Puts what the tables say and Kafka does not know yet onto Kafka. */
@NullMarked
package io.kombine.batch.publish;

import org.jspecify.annotations.NullMarked;
