/** The command line of tcplay(8) 3.3, as far as it is words: options, names, sizes. */
@org.jspecify.annotations.NullMarked
package dev.tcplay.cli.dialect;
