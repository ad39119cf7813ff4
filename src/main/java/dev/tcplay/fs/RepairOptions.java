package dev.tcplay.fs;

import java.util.Optional;

/**
 * How a driver repairs a volume.
 *
 * @param keepLost the directory, by names separated by slashes, in which space that no file owns is
 *     kept as files; it is made if it is missing. Empty: such space is freed
 */
public record RepairOptions(Optional<String> keepLost) {}
