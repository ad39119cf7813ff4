/** FAT12, FAT16 and FAT32. */
@NullMarked
package dev.tcplay.fs.fat;

import org.jspecify.annotations.NullMarked;
