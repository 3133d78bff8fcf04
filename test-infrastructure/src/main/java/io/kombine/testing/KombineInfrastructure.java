package io.kombine.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class the JVM's Kafka broker and an empty database of its own.
 *
 * <p>Tests may ask for their {@link TestDatabase} as a parameter. A Spring test on such a class
 * finds {@code spring.kafka.bootstrap-servers} and {@code spring.datasource.*} set. Subclasses
 * share the database, and so the Spring context, of the class that carries the annotation.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(KombineInfrastructureExtension.class)
public @interface KombineInfrastructure {}
