package dev.tcplay.volume;

import dev.tcplay.model.HeaderInfo.Copy;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** A header that was opened, as its volume keeps it: with a backup in the host, or alone. */
interface StoredHeader {

  /**
   * Returns the header that was opened, in its places.
   *
   * @throws FileSystemException if it has no place in the host, or its volume may not be whole
   */
  static StoredHeader of(HeaderAccess access) throws IOException {
    UnlockedHeader header = access.header();
    boolean alone =
        header.request().hints().system()
            || header.fields().version() < TrueCryptLayout.FIRST_VERSION_WITH_SLOTS;
    return alone
        ? new SingleHeader(access, SingleHeader.place(access))
        : new HeaderCopies(access, HeaderPair.of(access.host(), access.hostName(), header));
  }

  /** Returns whether the host has a backup of the header. */
  boolean hasBackup();

  /** Returns what the keys that opened the header find in its place. */
  Copy header() throws IOException;

  /** Returns what they find in the place of its backup. */
  Copy backup() throws IOException;

  /** Returns what a file of headers holds: those of the normal and of the hidden volume. */
  byte[] contentsOfFile() throws IOException;

  /**
   * Writes the header wherever it stands.
   *
   * @param file where the headers are copied to before anything is written, if anywhere
   * @throws IOException as {@link HeaderStore#restore} says
   */
  void write(Seal seal, Optional<Path> file) throws IOException;
}
