package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.HeaderInfo.Copy;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * A header that was opened, and what is done with any place of it: to look there with the same
 * keys, to seal what shall stand there, and to prove that it does.
 *
 * @param host what the header belongs to
 * @param hostName what exceptions call it
 * @param header the header that was opened; the caller closes it
 * @param random where salts and noise come from
 */
record HeaderAccess(BlockDevice host, String hostName, UnlockedHeader header, SecureRandom random) {

  /** Returns whether the header was opened in a place. */
  boolean openedAt(HeaderSlot place) {
    return header.slot().device() == place.device() && header.slot().offset() == place.offset();
  }

  /**
   * Returns what the keys that opened the header find in a place; a key is derived unless it was
   * the place that opened.
   */
  Copy find(HeaderSlot place) throws IOException {
    if (openedAt(place)) {
      return header.isDamaged() ? Copy.DAMAGED : Copy.OPENED;
    }
    HeaderCodec codec = header.family().codec();
    byte[] found = opened(place, Seal.of(header));
    try {
      HeaderCodec.Verdict verdict = codec.judge(found);
      if (verdict != HeaderCodec.Verdict.INTACT) {
        return verdict.isDamaged() ? Copy.DAMAGED : Copy.UNKNOWN;
      }
      int keys = codec.keyArea();
      int end = keys + header.suite().keyBytes();
      boolean equal =
          codec.decode(found).equals(header.fields())
              && Arrays.equals(found, keys, end, header.plaintext(), keys, end);
      return equal ? Copy.EQUAL : Copy.DIFFERENT;
    } finally {
      Arrays.fill(found, (byte) 0);
    }
  }

  private byte[] opened(HeaderSlot place, Seal seal) throws IOException {
    byte[] there = place.read(header.family().codec().size());
    return sealer(seal).open(there, seal.family().format(), seal.secrets(), hostName);
  }

  private HeaderSealer sealer(Seal seal) {
    return new HeaderSealer(
        seal.kdf(), header.suite(), header.family().codec().saltBytes(), random);
  }

  /** Throws unless the host can be written. */
  void checkWritable() throws AccessDeniedException {
    if (host.isReadOnly()) {
      throw new AccessDeniedException(hostName, null, "is read-only");
    }
  }

  /** Returns headers as they shall stand in so many places, each with a salt of its own. */
  List<byte[]> sealed(int count, byte[] plaintext, Seal seal) throws IOException {
    VolumeFormat format = seal.family().format();
    return sealer(seal).seal(count, plaintext, format, seal.secrets(), hostName);
  }

  /**
   * Throws unless a place opens now.
   *
   * @param plaintext what shall be found there, but for the salt
   */
  void prove(HeaderSlot place, byte[] plaintext, Seal seal) throws IOException {
    byte[] found = opened(place, seal);
    int salt = header.family().codec().saltBytes();
    boolean same = Arrays.equals(found, salt, found.length, plaintext, salt, plaintext.length);
    Arrays.fill(found, (byte) 0);
    if (!same) {
      throw new FileSystemException(hostName, null, "what was written there does not open");
    }
  }

  /**
   * Copies headers into a new file, and opens the one in question there by the keys that opened it.
   *
   * @throws FileSystemException if the file does not open, which stays for who wants to see it
   */
  void save(Path file, byte[] contents) throws IOException {
    OwnersFile.write(file, contents, false);
    try (BlockDevice copy = FileDevice.open(file, HostOpen.reading().unlocked().by(hostName))) {
      for (HeaderSlot place : header.family().layout().headersInFile(copy)) {
        Copy found = place.suits(header.fields().kind()) ? find(place) : Copy.UNKNOWN;
        if (found == Copy.EQUAL || (header.isDamaged() && found == Copy.DAMAGED)) {
          return;
        }
      }
    }
    throw new FileSystemException(
        file.toString(),
        null,
        "the copy of the headers does not open; " + hostName + " is as before");
  }

  /** Returns what is thrown when the host failed, with the state that it may be in. */
  FileSystemException broken(String state, IOException cause) {
    return HostFailure.of(hostName, state, cause);
  }
}
