/**
 * The words every room shares: keys, options, the facts of a container and its volume, listeners,
 * and what can go wrong. It knows no other room.
 */
@NullMarked
package dev.tcplay.model;

import org.jspecify.annotations.NullMarked;
