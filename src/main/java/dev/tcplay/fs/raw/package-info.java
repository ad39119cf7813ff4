/** A volume without a file system, shown as one file. */
@NullMarked
package dev.tcplay.fs.raw;

import org.jspecify.annotations.NullMarked;
