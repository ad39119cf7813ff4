/**
 * Files of the host as devices: their locks, what becomes of them when they are changed by others,
 * and their channels, which interrupts close.
 */
@NullMarked
package dev.tcplay.block.host;

import org.jspecify.annotations.NullMarked;
