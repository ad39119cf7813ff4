/**
 * Partition tables of disks: MBR with logical partitions, and GPT. They say where file systems
 * begin; this room knows none of those, and nothing of containers.
 */
@NullMarked
package dev.tcplay.partition;

import org.jspecify.annotations.NullMarked;
