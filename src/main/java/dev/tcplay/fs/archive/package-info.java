/** Archives, packed or not, shown as trees that can be read. */
@NullMarked
package dev.tcplay.fs.archive;

import org.jspecify.annotations.NullMarked;
