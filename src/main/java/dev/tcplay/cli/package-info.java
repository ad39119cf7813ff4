/** The command tcplay. */
@NullMarked
package dev.tcplay.cli;

import org.jspecify.annotations.NullMarked;
