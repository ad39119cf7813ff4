/** Opens and makes containers: {@link dev.tcplay.Tcplay} is where to begin. */
@NullMarked
package dev.tcplay;

import org.jspecify.annotations.NullMarked;
