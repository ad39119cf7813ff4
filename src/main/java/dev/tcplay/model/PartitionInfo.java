package dev.tcplay.model;

import java.util.Optional;

/**
 * A partition of a disk that has a partition table.
 *
 * @param number as Linux counts: in an MBR 1 to 4, logical ones from 5; in a GPT the index of the
 *     entry plus 1
 * @param type its name and number in an MBR, such as {@code FAT32 (0x0c)}; in a GPT its name, or
 *     the GUID where that has none
 * @param label its name in a GPT; empty if it has none, and in an MBR
 * @param start where it begins, in bytes from the start of the disk
 * @param length its bytes, as far as they lie on the disk
 * @param fileSystem the type of the file system in it, by the driver that recognises it; else what
 *     it looks like, such as {@code NTFS}; empty if like nothing known
 */
public record PartitionInfo(
    int number, String type, String label, long start, long length, Optional<String> fileSystem) {}
