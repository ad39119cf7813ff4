package dev.tcplay.block.host;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.security.SecureRandom;
import java.util.Arrays;

/** A temporary file of ciphertext that grows; its key is in memory only. One thread writes. */
final class SpoolFile implements Closeable {

  /** Bytes that are written at once. */
  static final int CHUNK = 1 << 16;

  private final NamelessFile file;
  private final BlockDevice plaintext;

  private SpoolFile(NamelessFile file, BlockDevice plaintext) {
    this.file = file;
    this.plaintext = plaintext;
  }

  /** Makes the file, its owner's alone, in the folder for temporary files. */
  static SpoolFile make(SpoolSpace space) throws IOException {
    NamelessFile file = NamelessFile.make(space.newFile(), space.mostOnDisk() & -CHUNK);
    try {
      return new SpoolFile(file, CryptDevice.stacked(file, cipher(), 0));
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static DataUnitCipher cipher() {
    CipherSuite suite = new CipherSuite(CipherMode.XTS, CipherChain.parse("AES"));
    byte[] key = new byte[suite.keyBytes()];
    try {
      new SecureRandom().nextBytes(key);
      return suite.dataCipher(key, 0);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Writes at a position, up to which all was written.
   *
   * @throws FileSystemException if that is more than may be written
   */
  void write(long position, byte[] source, int length) throws IOException {
    if (position + length > file.size()) {
      throw new FileSystemException(
          String.valueOf(file.path().getParent()),
          null,
          "what is unpacked takes more than "
              + file.size()
              + " bytes, half of what is free for temporary files");
    }
    plaintext.write(position, source, 0, length);
  }

  void read(long position, byte[] target, int offset, int length) throws IOException {
    plaintext.read(position, target, offset, length);
  }

  @Override
  public void close() throws IOException {
    plaintext.close();
  }
}
