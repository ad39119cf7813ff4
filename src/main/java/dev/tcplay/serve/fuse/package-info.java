/**
 * Trees of files in the kernel's own tree, by FUSE. What names jfuse is compiled for Java 22, in
 * {@code src/main/java22}, and loaded by {@link dev.tcplay.serve.fuse.JfuseLoader}; the rest is
 * Java 17.
 */
@NullMarked
package dev.tcplay.serve.fuse;

import org.jspecify.annotations.NullMarked;
