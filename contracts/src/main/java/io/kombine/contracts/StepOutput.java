package io.kombine.contracts;

/**
 * One thing that a step produced.
 *
 * @param index among the outputs of the call, from 0
 */
public record StepOutput(int index, ArtifactRef artifact) {}
