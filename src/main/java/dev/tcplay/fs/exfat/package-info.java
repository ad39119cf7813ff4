/** The exFAT file system. */
@NullMarked
package dev.tcplay.fs.exfat;

import org.jspecify.annotations.NullMarked;
