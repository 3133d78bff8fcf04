/** A single-node Kafka broker as a process of its own, from Kafka's own artifacts. */
@NullMarked
package io.kombine.local.kafka;

import org.jspecify.annotations.NullMarked;
