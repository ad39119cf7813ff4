/**
 * The tree of a mounted volume while it changes, as drivers of file systems with clusters share it:
 * who writes and how one change goes out, directories and their locks, nodes, open files. It knows
 * no format; a driver extends its classes with what its own says.
 */
@NullMarked
package dev.tcplay.fs.tree;

import org.jspecify.annotations.NullMarked;
