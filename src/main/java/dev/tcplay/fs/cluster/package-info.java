/**
 * What the drivers of file systems with clusters share: extents, chains, free space, open files,
 * ids and names. It knows no format; a driver tells by {@link dev.tcplay.fs.cluster.ClusterLinks}
 * which cluster follows which.
 *
 * <p>Numbers and counts of clusters are {@code long} here and never negative, since a format may
 * have 2<sup>32</sup> - 11 of them. Clusters are numbered from 2, and 0 stands for none. Where many
 * are kept in memory they are kept as unsigned {@code int}; only the class that keeps them knows.
 */
@NullMarked
package dev.tcplay.fs.cluster;

import org.jspecify.annotations.NullMarked;
