/** The words every room shares: how to open a container, its facts, and what can go wrong. */
@NullMarked
package dev.tcplay;

import org.jspecify.annotations.NullMarked;
