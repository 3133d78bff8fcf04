/**
 * The Kafka topics of all services: their partitions, which set the caps, and how they are kept.
 */
@NullMarked
package io.kombine.worker.topic;

import org.jspecify.annotations.NullMarked;
