package dev.tcplay.fs;

import java.nio.file.attribute.FileTime;

/**
 * The attributes of a node. A time that the file system does not record is its epoch.
 *
 * @param directory whether it is a directory
 * @param size bytes in the file, 0 for a directory
 * @param created creation time
 * @param modified time of the last change to the contents
 * @param accessed time of the last access, which many file systems keep to the day
 * @param readOnly the DOS attribute of this name
 * @param hidden the DOS attribute of this name
 * @param system the DOS attribute of this name
 * @param archive the DOS attribute of this name
 */
public record NodeAttributes(
    boolean directory,
    long size,
    FileTime created,
    FileTime modified,
    FileTime accessed,
    boolean readOnly,
    boolean hidden,
    boolean system,
    boolean archive) {}
