package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.kernel.Prf;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * A hidden volume to be put into the end of an outer one of header version 1 to 3.
 *
 * @param suite how it is encrypted
 * @param version its header version
 * @param prf the function of its header key
 */
record HiddenVolume(CipherSuite suite, int version, Prf prf) {

  private static final int HEADER_FROM_END = 1536;

  /**
   * Writes header and data, as long as the plaintext, into a host, which stays open.
   *
   * @param password of its own
   */
  void put(BlockDevice host, byte[] password, byte[] plaintext) throws Exception {
    HeaderFamily family = NewVolume.family(VolumeFormat.TRUECRYPT, version);
    SecureRandom random = new SecureRandom();
    byte[] keyArea = MasterKeys.create(suite, family.codec().keyAreaBytes(), random);
    HeaderSealer sealer =
        new HeaderSealer(family.costs().kdf(prf, 0), suite, family.codec().saltBytes(), random);
    byte[] header = sealer.seal(family.codec().encode(fields(plaintext.length), keyArea), password);
    host.write(host.size() - HEADER_FROM_END, header, 0, header.length);
    long start = host.size() - HEADER_FROM_END - plaintext.length;
    BlockDevice area = new LinearDevice(host, start, plaintext.length);
    BlockDevice volume =
        new CryptDevice(area, suite.dataCipher(keyArea, 0), suite.firstUnit(start));
    volume.write(0, plaintext, 0, plaintext.length);
    volume.flush();
  }

  private VolumeHeader fields(long size) {
    VolumeHeader normal =
        NewVolume.normal(
                NewVolume.family(VolumeFormat.TRUECRYPT, version), suite, version, size + 512, 512)
            .fields(Instant.now());
    return new VolumeHeader(
        normal.format(),
        version,
        normal.minimumProgramVersion(),
        normal.volumeCreationTime(),
        normal.headerCreationTime(),
        size,
        normal.volumeSize(),
        0,
        normal.scopeLength(),
        0,
        0);
  }

  /** Returns the hidden volume that AES encrypts in a mode. */
  static HiddenVolume aes(CipherMode mode, int version) {
    HeaderFamily family = NewVolume.family(VolumeFormat.TRUECRYPT, version);
    CipherSuite suite = family.suite(mode, CipherChain.parse("AES"));
    return new HiddenVolume(suite, version, family.costs().prfs().get(0));
  }
}
