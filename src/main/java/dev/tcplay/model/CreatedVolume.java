package dev.tcplay.model;

import java.util.OptionalLong;

/**
 * What was made.
 *
 * @param size bytes of the whole container
 * @param hiddenSize what the hidden volume takes of its end, if one was made
 * @param largestHidden the most bytes that it could have taken without harm to what the outer file
 *     system holds; empty if nobody knows, or there is none
 */
public record CreatedVolume(long size, OptionalLong hiddenSize, OptionalLong largestHidden) {}
