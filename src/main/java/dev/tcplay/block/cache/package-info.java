/** The cache of a device: its pages, and the order in which what was written reaches the host. */
@NullMarked
package dev.tcplay.block.cache;

import org.jspecify.annotations.NullMarked;
