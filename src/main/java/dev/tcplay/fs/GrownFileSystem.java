package dev.tcplay.fs;

import java.util.Optional;

/**
 * What became of a file system that was to fill a volume that has grown.
 *
 * @param type the type of the file system, as a mounted volume tells it
 * @param before the bytes that it took before
 * @param after the bytes that it takes now, as many if it stays as it was
 * @param limit why it takes no more, as a sentence without a capital; empty if it fills the volume
 *     but for what is less than a cluster
 */
public record GrownFileSystem(String type, long before, long after, Optional<String> limit) {}
