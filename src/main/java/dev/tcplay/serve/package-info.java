/**
 * Trees of files for programs that know nothing of Java: in the file manager by FUSE, and by SFTP,
 * WebDAV and HTTP. Every server here is over {@link java.nio.file.Path} alone, so that it serves
 * any file system of Java.
 */
@NullMarked
package dev.tcplay.serve;

import org.jspecify.annotations.NullMarked;
