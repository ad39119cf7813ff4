package dev.tcplay.block.host;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/** A temporary file of ciphertext that grows; its key is in memory only. One thread writes. */
final class SpoolFile implements Closeable {

  /** Bytes that are written at once. */
  static final int CHUNK = 1 << 16;

  /** The file grows by what it has, within these bounds. */
  private static final long FIRST_GROWTH = 1 << 22;

  private static final long LARGEST_GROWTH = 1 << 28;

  private final Path path;
  private final long most;
  private final FileDevice file;
  private final BlockDevice plaintext;

  private SpoolFile(Path path, long most, FileDevice file, BlockDevice plaintext) {
    this.path = path;
    this.most = most;
    this.file = file;
    this.plaintext = plaintext;
  }

  /**
   * Makes the file, its owner's alone, in the folder for temporary files. An interrupt, which would
   * end the opening, waits.
   */
  static SpoolFile make(SpoolSpace space) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return open(space);
        } catch (ClosedByInterruptException e) {
          // The flag is still up, and would end the next try, too.
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static SpoolFile open(SpoolSpace space) throws IOException {
    Path path = space.newFile();
    try {
      long most = space.mostOnDisk();
      FileDevice file = FileDevice.open(path, HostOpen.writing().unlocked().by("a spool"));
      return new SpoolFile(path, most, file, CryptDevice.stacked(file, cipher(), 0));
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(path);
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
    long end = position + length;
    if (end > most) {
      throw new FileSystemException(
          String.valueOf(path.getParent()),
          null,
          "what is unpacked takes more than "
              + most
              + " bytes, half of what is free for temporary files");
    }
    if (end > file.size()) {
      long growth = Math.max(FIRST_GROWTH, Math.min(LARGEST_GROWTH, file.size()));
      file.resize(Math.max(end, Math.min(most & -CHUNK, file.size() + growth)));
    }
    plaintext.write(position, source, 0, length);
  }

  void read(long position, byte[] target, int offset, int length) throws IOException {
    plaintext.read(position, target, offset, length);
  }

  @Override
  public void close() throws IOException {
    try {
      // Nobody waits for bytes of a file that goes to reach the disk.
      file.resize(0);
    } finally {
      try {
        plaintext.close();
      } finally {
        Files.deleteIfExists(path);
      }
    }
  }
}
