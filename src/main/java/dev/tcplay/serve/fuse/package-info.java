/**
 * Trees of files in the kernel's own tree, by FUSE. What names jfuse is compiled for Java 22, in
 * {@code src/main/java22}, and loaded by {@code JfuseLoader}; the rest is Java 17.
 */
@NullMarked
package dev.tcplay.serve.fuse;

import org.jspecify.annotations.NullMarked;
