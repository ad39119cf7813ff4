/** How threads pass each other: nothing of devices, volumes or files. */
@NullMarked
package dev.tcplay.sync;

import org.jspecify.annotations.NullMarked;
