/** The java.nio.file provider of the scheme {@code tcplay}. */
@NullMarked
package dev.tcplay.nio;

import org.jspecify.annotations.NullMarked;
