/**
 * What names jfuse: a translation of its operations to those of {@link
 * dev.tcplay.serve.fuse.tree.FuseTree}. Compiled for Java 22, and part of jars that a JDK 22 or
 * later was there for.
 */
@NullMarked
package dev.tcplay.serve.fuse.jfuse;

import org.jspecify.annotations.NullMarked;
