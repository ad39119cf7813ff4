package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.HeaderInfo.Copy;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * A header that was opened, in its two places: what stands there, and how it is written.
 *
 * @param host what holds both places
 * @param hostName what exceptions call it
 * @param header the header that was opened; the caller closes it
 * @param places where it stands, or shall stand
 * @param random where salts and noise come from
 */
record HeaderCopies(
    BlockDevice host,
    String hostName,
    UnlockedHeader header,
    HeaderPair places,
    SecureRandom random) {

  /**
   * Returns what the keys that opened the header find in a place; a key is derived unless it was
   * the place that opened.
   */
  Copy find(HeaderSlot place) throws IOException {
    boolean opened = header.slot().device() == host && header.slot().offset() == place.offset();
    if (opened) {
      return header.isDamaged() ? Copy.DAMAGED : Copy.OPENED;
    }
    HeaderCodec codec = header.family().codec();
    byte[] found = opened(place, header.format(), sealer(header.kdf()), header.request().secrets());
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

  private byte[] opened(HeaderSlot place, VolumeFormat format, HeaderSealer sealer, Secrets secrets)
      throws IOException {
    byte[] there = place.read(header.family().codec().size());
    return sealer.open(there, format, secrets, hostName);
  }

  private HeaderSealer sealer(HeaderKdf kdf) {
    return new HeaderSealer(kdf, header.suite(), header.family().codec().saltBytes(), random);
  }

  /**
   * Writes both, the first of the pair before the second, sealed by a derivation and secrets.
   *
   * @param family what the headers belong to afterwards
   * @throws IOException as {@link HeaderStore#restore} says
   */
  void write(HeaderFamily family, HeaderKdf kdf, Secrets secrets) throws IOException {
    if (host.isReadOnly()) {
      throw new AccessDeniedException(hostName, null, "is read-only");
    }
    byte[] plaintext = header.plaintextIn(family);
    try {
      write(family.format(), sealer(kdf), secrets, plaintext);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private void write(VolumeFormat format, HeaderSealer sealer, Secrets secrets, byte[] plaintext)
      throws IOException {
    HeaderSlot first = places.inOrder().get(0);
    HeaderSlot second = places.inOrder().get(1);
    // Both are sealed before the first is written: a derivation may fail, or be interrupted.
    List<byte[]> sealed = sealer.seal(2, plaintext, format, secrets, hostName);
    try {
      write(first, sealed.get(0), format, sealer, secrets, plaintext);
    } catch (IOException e) {
      throw broken(
          "the %s may be lost; the %s is as it was".formatted(first.name(), second.name()), e);
    }
    try {
      write(second, sealed.get(1), format, sealer, secrets, plaintext);
    } catch (IOException e) {
      throw broken(
          "the %s is written and opens; the %s may be lost".formatted(first.name(), second.name()),
          e);
    }
  }

  /** Writes a header, and opens what the host then has. */
  private void write(
      HeaderSlot place,
      byte[] sealed,
      VolumeFormat format,
      HeaderSealer sealer,
      Secrets secrets,
      byte[] plaintext)
      throws IOException {
    new SlotWriter(host, random).write(place, sealed);
    byte[] found = opened(place, format, sealer, secrets);
    int salt = sealer.saltBytes();
    boolean same = Arrays.equals(found, salt, found.length, plaintext, salt, plaintext.length);
    Arrays.fill(found, (byte) 0);
    if (!same) {
      throw new FileSystemException(hostName, null, "what was written there does not open");
    }
  }

  private FileSystemException broken(String state, IOException cause) {
    String why =
        cause instanceof FileSystemException known ? known.getReason() : cause.getMessage();
    FileSystemException told = new FileSystemException(hostName, null, state + ": " + why);
    told.initCause(cause);
    return told;
  }
}
