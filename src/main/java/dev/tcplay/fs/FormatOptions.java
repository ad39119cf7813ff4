package dev.tcplay.fs;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How a driver makes an empty file system.
 *
 * @param type the type where a driver makes several, such as {@code FAT16}; case is ignored; empty
 *     for what suits the size
 * @param label the volume's label, empty for none
 * @param zone the zone of on-disk times that are local times without a zone
 * @param codePage the character set of on-disk names that are bytes
 */
public record FormatOptions(
    Optional<String> type, Optional<String> label, ZoneId zone, Charset codePage) {}
