/** Block devices: positions and bytes in layers, from a host file up to the plaintext volume. */
@NullMarked
package dev.tcplay.block;

import org.jspecify.annotations.NullMarked;
