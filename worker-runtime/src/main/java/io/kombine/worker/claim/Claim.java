package io.kombine.worker.claim;

import io.kombine.contracts.RunStep;

/**
 * This process's hold on a step.
 *
 * @param token fencing token: grows with each taking of the step, by whomever
 * @param takeovers how often the step's call changed hands in this epoch
 */
public record Claim(RunStep step, long token, int takeovers) {}
