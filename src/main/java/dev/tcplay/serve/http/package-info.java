/** Trees of files for browsers, to read only. */
@NullMarked
package dev.tcplay.serve.http;

import org.jspecify.annotations.NullMarked;
