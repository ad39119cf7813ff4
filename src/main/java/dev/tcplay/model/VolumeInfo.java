package dev.tcplay.model;

/**
 * The facts of an opened container, none of them secret.
 *
 * @param format {@code TrueCrypt}, {@code VeraCrypt}, or {@code plain} for an image that is not
 *     encrypted
 * @param prf the pseudo-random function of the header key: {@code ripemd160}, {@code sha256},
 *     {@code sha512}, {@code whirlpool}, {@code streebog}, {@code blake2s}, {@code argon2id}, or
 *     {@code -}
 * @param iterations iterations of the PRF, passes for Argon2id, 0 for a plain image
 * @param memoryKiB KiB of memory that Argon2id fills, 0 for every other PRF
 * @param cipher the cipher chain by VeraCrypt's name, such as {@code AES-Twofish-Serpent}, or
 *     {@code -}
 * @param mode mode of operation, {@code xts}, or {@code -}
 * @param kind {@code normal} or {@code hidden}
 * @param dataOffset where the data area begins, in bytes from the start of the container
 * @param dataLength bytes in the data area; of a container that was cut those that are left
 * @param firstUnit number of the data area's first data unit
 * @param sectorSize bytes in a sector of the volume
 */
public record VolumeInfo(
    String format,
    String prf,
    int iterations,
    int memoryKiB,
    String cipher,
    String mode,
    String kind,
    long dataOffset,
    long dataLength,
    long firstUnit,
    int sectorSize) {}
