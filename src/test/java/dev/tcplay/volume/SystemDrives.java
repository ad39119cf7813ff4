package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.crypto.InsufficientMemoryException;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.EncryptedScope;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Makes system drives out of disks in clear, as VeraCrypt and TrueCrypt leave them. */
final class SystemDrives {

  static final String PASSWORD = "system password";

  private static final SecureRandom RANDOM = new SecureRandom();

  private SystemDrives() {}

  /** The header of a drive with so many bytes encrypted. */
  static VolumeHeader header(HeaderFamily family, EncryptedScope scope, int flags) {
    return new VolumeHeader(
        family.format(),
        5,
        family.minimumProgramVersion(),
        0,
        0,
        0,
        scope.length(),
        scope.start(),
        scope.encrypted(),
        flags,
        512);
  }

  /** Encrypts a disk in place, and writes the header. */
  static void encrypt(
      byte[] disk, HeaderFamily family, Prf prf, String chain, EncryptedScope scope) {
    CipherSuite suite = family.suite(CipherMode.XTS, CipherChain.parse(chain));
    byte[] keyArea = MasterKeys.create(suite, 256, RANDOM);
    int start = (int) scope.start();
    try (DataUnitCipher cipher = suite.dataCipher(keyArea, 0)) {
      cipher.encrypt(scope.start() / 512, disk, start, disk, start, (int) scope.encrypted());
    }
    VolumeHeader fields = header(family, scope, VolumeHeader.FLAG_SYSTEM);
    byte[] sealed = seal(family, prf, suite, family.codec().encode(fields, keyArea));
    System.arraycopy(sealed, 0, disk, SystemLayout.HEADER, sealed.length);
  }

  static byte[] seal(HeaderFamily family, Prf prf, CipherSuite suite, byte[] plaintext) {
    try {
      return new HeaderSealer(family.costs().kdf(prf, 0), suite, 64, RANDOM)
          .seal(plaintext, PASSWORD.getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException | InsufficientMemoryException e) {
      throw new AssertionError(e);
    }
  }

  /** A request for such a drive, with the hints that make it quick. */
  static UnlockRequest.Builder request(HeaderFamily family, Prf prf, String chain) {
    return UnlockRequest.builder()
        .password(PASSWORD)
        .format(family.format().displayName())
        .hash(prf.id())
        .cipher(chain)
        .system(true);
  }
}
