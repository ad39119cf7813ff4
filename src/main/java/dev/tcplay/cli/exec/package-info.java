/** Programs that run from class paths inside a volume. */
@NullMarked
package dev.tcplay.cli.exec;

import org.jspecify.annotations.NullMarked;
