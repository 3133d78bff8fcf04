package io.kombine.contracts;

/**
 * Why a step did not succeed, in words for people.
 *
 * @param code stable, for programs: {@code policy}, {@code input}, {@code auth}, {@code billing},
 *     {@code retry}, {@code wait}, {@code ambiguous}, {@code takeovers}, {@code dead_letter},
 *     {@code gave_up}, {@code rejected}, {@code parent}
 * @param message one sentence; never holds a key or a URL with a signature
 */
public record StepProblem(String code, String message) {}
