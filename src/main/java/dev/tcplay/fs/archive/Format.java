package dev.tcplay.fs.archive;

import dev.tcplay.fs.FileSystemDriver;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The kinds of archives, known by their first bytes alone. */
enum Format {
  TAR(TarReader::new);

  /** Bytes at the start of a volume that are looked at. */
  static final int HEAD_BYTES = 1024;

  private final Supplier<ArchiveReader> reader;

  Format(Supplier<ArchiveReader> reader) {
    this.reader = reader;
  }

  /** Returns the format of a volume that begins with these bytes, null if it is none. */
  static @Nullable Format of(byte[] head) {
    if (head.length >= TarHeader.BLOCK
        && (TarHeader.isMarked(head) || (TarHeader.isSound(head) && TarHeader.isOld(head)))) {
      return TAR;
    }
    return null;
  }

  /** Returns how sure that is. */
  int rank(byte[] head) {
    return this == TAR && !TarHeader.isMarked(head)
        ? FileSystemDriver.LIKELY
        : FileSystemDriver.RECOGNISED;
  }

  /** Returns what reads the members. */
  ArchiveReader reader() {
    return reader.get();
  }

  /** Returns the name that {@link ArchiveVolume#type} has for it. */
  String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static boolean startsWith(byte[] head, String mark) {
    byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
    if (head.length < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (head[i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
