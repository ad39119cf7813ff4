/**
 * The contract of {@code java.nio.file}, point by point, as docs/nio-contract.md lists it: each
 * point is a case that runs on the default file system and on ours.
 */
package dev.tcplay.contract;
