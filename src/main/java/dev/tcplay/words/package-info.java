/** Words that people mistype. */
@NullMarked
package dev.tcplay.words;

import org.jspecify.annotations.NullMarked;
