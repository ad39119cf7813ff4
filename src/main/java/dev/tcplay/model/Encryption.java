package dev.tcplay.model;

/**
 * How a container is encrypted, none of it secret.
 *
 * @param prf the pseudo-random function of the header key: {@code ripemd160}, {@code sha1}, {@code
 *     sha256}, {@code sha512}, {@code whirlpool}, {@code streebog}, {@code blake2s} or {@code
 *     argon2id}; {@code none} where a master key has opened the volume
 * @param iterations iterations of the PRF, passes for Argon2id, 0 for {@code none}
 * @param memoryKiB KiB of memory that Argon2id fills, 0 for every other PRF
 * @param cipher the cipher chain by VeraCrypt's or TrueCrypt's name, such as {@code
 *     AES-Twofish-Serpent}
 * @param mode mode of operation: {@code xts}, in volumes of TrueCrypt 1 to 4 {@code lrw} or {@code
 *     cbc}
 * @param tweak how data units are told apart, by the name of Linux's dm-crypt: {@code plain64},
 *     {@code benbi} or {@code tcw}
 */
public record Encryption(
    String prf, int iterations, int memoryKiB, String cipher, String mode, String tweak) {}
