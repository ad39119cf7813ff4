package dev.tcplay.model;

import java.util.Optional;

/**
 * Something that a check found amiss in the file system of a volume.
 *
 * @param kind what it is, a fixed name in lower case such as {@code lost-clusters}
 * @param path the file or directory concerned, empty for the volume itself
 * @param text the facts with their numbers, as one sentence
 * @param mended whether a repair has put it right; false where none was asked for
 */
public record VolumeFinding(String kind, Optional<String> path, String text, boolean mended) {}
