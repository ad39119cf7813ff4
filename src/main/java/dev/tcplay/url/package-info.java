/** URL connections to paths of any file system. */
@NullMarked
package dev.tcplay.url;

import org.jspecify.annotations.NullMarked;
