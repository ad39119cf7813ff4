/** Trees of files by WebDAV, class 2 of RFC 4918. */
@NullMarked
package dev.tcplay.serve.webdav;

import org.jspecify.annotations.NullMarked;
