package dev.tcplay.fs;

import java.nio.charset.Charset;
import java.time.ZoneId;

/**
 * How a driver mounts a volume.
 *
 * @param readOnly whether nothing may be written
 * @param named whether the caller named the driver, so that it may do without part of the evidence
 * @param zone the zone of on-disk times that are local times without a zone
 * @param codePage the character set of on-disk names that are bytes
 */
public record MountOptions(boolean readOnly, boolean named, ZoneId zone, Charset codePage) {}
