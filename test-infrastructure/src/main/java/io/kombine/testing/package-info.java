/**
 * A real Kafka broker and a real PostgreSQL for tests: local processes by default, containers by
 * one switch.
 */
@NullMarked
package io.kombine.testing;

import org.jspecify.annotations.NullMarked;
