/** Ciphers, cascades, modes and key derivation; knows no files, headers or devices. */
@NullMarked
package dev.tcplay.crypto;

import org.jspecify.annotations.NullMarked;
