/**
 * A block device for other programs, by the NBD protocol. Part of the command only, as {@code
 * dev.tcplay.cli} is.
 */
@NullMarked
package dev.tcplay.nbd;

import org.jspecify.annotations.NullMarked;
