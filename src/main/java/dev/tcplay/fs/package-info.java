/**
 * What a file-system driver is: nodes, names and attributes over a block device.
 *
 * <p>A driver implements {@link dev.tcplay.fs.FileSystemDriver}, which returns a {@link
 * dev.tcplay.fs.MountedVolume}, which returns {@link dev.tcplay.fs.Node nodes} and {@link
 * dev.tcplay.fs.OpenNode open files}. What it changes it hands over in a {@link
 * dev.tcplay.block.WriteBatch}.
 */
@NullMarked
package dev.tcplay.fs;

import org.jspecify.annotations.NullMarked;
