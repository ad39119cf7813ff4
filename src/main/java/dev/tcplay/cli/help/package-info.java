/**
 * What tells how the command is used: examples, manual pages and completion, all out of picocli's
 * model of it.
 */
@NullMarked
package dev.tcplay.cli.help;

import org.jspecify.annotations.NullMarked;
