/** How much memory the layers take, and the buffers in it. */
@NullMarked
package dev.tcplay.block.memory;

import org.jspecify.annotations.NullMarked;
