package dev.tcplay.fs;

/**
 * How full a volume is.
 *
 * @param totalBytes bytes for files, free and used
 * @param freeBytes bytes that are free
 * @param blockSize bytes in the unit of allocation
 */
public record VolumeSpace(long totalBytes, long freeBytes, int blockSize) {}
