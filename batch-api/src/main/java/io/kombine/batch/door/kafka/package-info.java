/**
 * The front door on Kafka: requests of all kinds in one envelope, and what becomes of them as
 * replies.
 */
@NullMarked
package io.kombine.batch.door.kafka;

import org.jspecify.annotations.NullMarked;
