/** What a file-system driver is: nodes, names and attributes over a block device. */
@NullMarked
package dev.tcplay.fs;

import org.jspecify.annotations.NullMarked;
