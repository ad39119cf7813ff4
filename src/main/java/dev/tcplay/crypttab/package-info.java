/** Tables of encrypted volumes, crypttab(5), in the three dialects that are in use. */
@NullMarked
package dev.tcplay.crypttab;

import org.jspecify.annotations.NullMarked;
