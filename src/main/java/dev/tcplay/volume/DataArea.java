package dev.tcplay.volume;

import org.jspecify.annotations.Nullable;

/**
 * The part of a host that holds the data of a volume, in bytes from the start of the host. Both
 * numbers are multiples of the data unit. In a whole host the area lies between the headers at its
 * start and the backup headers at its end, where there are any; of a host that was cut, the part
 * that is left counts, which may be nothing.
 *
 * @param cut what the host lacks, null if it is whole
 */
record DataArea(long offset, long length, @Nullable String cut) {}
