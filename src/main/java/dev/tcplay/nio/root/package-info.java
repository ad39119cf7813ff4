/** A container as a subtree of the default file system. */
@NullMarked
package dev.tcplay.nio.root;

import org.jspecify.annotations.NullMarked;
