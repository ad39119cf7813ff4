package dev.tcplay.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a container that was to grow.
 *
 * @param size bytes of the container, headers included
 * @param dataLength bytes of the volume's data
 * @param fileSystemSize the bytes of them that its file system takes; empty if no driver knows one
 * @param unused why the file system does not take all of them, and how to use the room, as a
 *     sentence without a capital; empty if it does
 */
public record ExpandedVolume(
    long size, long dataLength, OptionalLong fileSystemSize, Optional<String> unused) {}
