/**
 * From a file to an open container and what is in it: host, window, overlay, unlocking, decryption,
 * cache, driver. Provider and facade call this room; it knows neither.
 */
@NullMarked
package dev.tcplay.container;

import org.jspecify.annotations.NullMarked;
