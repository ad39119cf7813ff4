/**
 * What the kernel asks of a file system, done on any {@link java.nio.file.Path}: all that FUSE
 * needs and that names no library for it. Public for the adapter alone, which another class loader
 * may define.
 */
@NullMarked
package dev.tcplay.serve.fuse.tree;

import org.jspecify.annotations.NullMarked;
