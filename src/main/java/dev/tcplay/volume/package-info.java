/** TrueCrypt and VeraCrypt headers, keyfiles, unlocking and making volumes. */
@NullMarked
package dev.tcplay.volume;

import org.jspecify.annotations.NullMarked;
