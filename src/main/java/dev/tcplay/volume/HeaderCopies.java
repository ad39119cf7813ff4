package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.HeaderInfo.Copy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A header that was opened, in its two places: what stands there, and how it is written.
 *
 * @param access the header, and the way to its places
 * @param places where it stands, or shall stand
 */
record HeaderCopies(HeaderAccess access, HeaderPair places) implements StoredHeader {

  @Override
  public boolean hasBackup() {
    return true;
  }

  @Override
  public Copy header() throws IOException {
    return access.find(places.primary());
  }

  @Override
  public Copy backup() throws IOException {
    return access.find(places.backup());
  }

  /** Returns both slots, of the normal and of the hidden header, or those of their backups. */
  @Override
  public byte[] contentsOfFile() throws IOException {
    BlockDevice host = access.host();
    byte[] slots = new byte[TrueCryptLayout.SLOTS];
    host.read(places.openedByBackup() ? host.size() - slots.length : 0, slots, 0, slots.length);
    return slots;
  }

  /** Writes both, the first of the pair before the second. */
  @Override
  public void write(Seal seal, Optional<Path> file) throws IOException {
    access.checkWritable();
    byte[] plaintext = access.header().plaintextIn(seal.family());
    try {
      // Both are sealed before the first is written: a derivation may fail, or be interrupted.
      List<byte[]> sealed = access.sealed(2, plaintext, seal);
      if (file.isPresent()) {
        access.save(file.get(), contentsOfFile());
      }
      write(sealed, plaintext, seal);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private void write(List<byte[]> sealed, byte[] plaintext, Seal seal) throws IOException {
    List<HeaderSlot> order = order();
    HeaderSlot first = order.get(0);
    HeaderSlot second = order.get(1);
    try {
      write(first, sealed.get(0), plaintext, seal);
    } catch (IOException e) {
      throw access.broken(
          "the %s may be lost; the %s is as it was".formatted(first.name(), second.name()), e);
    }
    try {
      write(second, sealed.get(1), plaintext, seal);
    } catch (IOException e) {
      throw access.broken(
          "the %s is written and opens; the %s may be lost".formatted(first.name(), second.name()),
          e);
    }
  }

  /**
   * Returns both places in the order in which they are written. If a file opened the header, and of
   * both only the backup opens by the same keys, that is written last.
   */
  private List<HeaderSlot> order() throws IOException {
    boolean byFile = access.header().slot().device() != access.host();
    boolean onlyBackup =
        byFile
            && access.find(places.primary()) != Copy.EQUAL
            && access.find(places.backup()) == Copy.EQUAL;
    return onlyBackup ? List.of(places.primary(), places.backup()) : places.inOrder();
  }

  /**
   * Writes one of both, under the keys that opened the header, and opens what the host then has.
   *
   * @throws FileSystemException if it does not open
   * @throws IOException if the host fails, or a keyfile cannot be read
   */
  void writeOne(HeaderSlot place) throws IOException {
    Seal seal = Seal.of(access.header());
    byte[] plaintext = access.header().plaintextIn(seal.family());
    try {
      write(place, access.sealed(1, plaintext, seal).get(0), plaintext, seal);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /** Writes a header, and opens what the host then has. */
  private void write(HeaderSlot place, byte[] sealed, byte[] plaintext, Seal seal)
      throws IOException {
    new SlotWriter(access.host(), access.random()).write(place, sealed);
    access.prove(place, plaintext, seal);
  }
}
