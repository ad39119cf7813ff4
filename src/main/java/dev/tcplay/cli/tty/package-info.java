/** The terminal that a person sits at, by its device, whatever the standard streams are. */
@NullMarked
package dev.tcplay.cli.tty;

import org.jspecify.annotations.NullMarked;
