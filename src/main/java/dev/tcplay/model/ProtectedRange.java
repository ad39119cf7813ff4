package dev.tcplay.model;

/**
 * The place of a hidden volume that is protected while its outer one is open. Both numbers are
 * bytes, multiples of 512.
 *
 * @param start where it begins, from the start of the container
 * @param length how long it is; from TrueCrypt 1 to 5 with its header, which lies behind its data
 */
public record ProtectedRange(long start, long length) {}
