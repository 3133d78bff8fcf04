package io.kombine.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program that runs as one process of a stack: how to launch it, when it is ready and how it
 * wants to end.
 *
 * <p>Implementations keep no state about the running process; that is {@link StackProcess}'s.
 */
public interface Program {

  /** Unique within a stack, fit for a file name: {@code kafka}, {@code i2i-worker-2}. */
  String name();

  /** TCP port on the loopback address that the program listens on. */
  int port();

  /** Environment variable with which a person chooses another port. */
  String portVariable();

  /**
   * Makes everything the program needs on disk and answers how to start it. Called before every
   * start; must be repeatable.
   *
   * @throws IOException when files cannot be prepared
   * @throws StackException when something the program needs is missing; the message is a sentence
   *     for people
   */
  Launch prepare() throws IOException;

  /**
   * Whether the running program does its work. Answers within about a second and never throws for
   * "not yet".
   */
  boolean isReady();

  /** Longest time from start to ready before the start counts as failed. */
  Duration readyWithin();

  /** Signal that asks the program to end in an orderly way. */
  Signal stopSignal();

  /** Longest time from {@link #stopSignal()} to the end of the process before it is killed. */
  Duration stopWithin();

  /** File with the program's own log, to show to people. */
  Path log();
}
