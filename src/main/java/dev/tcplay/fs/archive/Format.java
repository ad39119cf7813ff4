package dev.tcplay.fs.archive;

import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of archives, known by their first bytes alone. */
enum Format {
  TAR,
  CPIO,
  AR,
  ZIP,
  SEVEN_Z;

  /** Bytes at the start of a volume that are looked at. */
  static final int HEAD_BYTES = 1024;

  /** Returns the format of a volume that begins with these bytes, null if it is none. */
  static @Nullable Format of(byte[] head) {
    if (head.length >= TarHeader.BLOCK
        && (TarHeader.isMarked(head) || (TarHeader.isSound(head) && TarHeader.isOld(head)))) {
      return TAR;
    } else if (CpioHeader.isAt(head)) {
      return CPIO;
    } else if (startsWith(head, "!<arch>\n")) {
      return AR;
    } else if (startsWith(head, "PK\3\4") || startsWith(head, "PK\5\6")) {
      return ZIP;
    } else if (startsWith(head, "7z\u00BC\u00AF'\u001C")) {
      return SEVEN_Z;
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
  ArchiveReader reader(MountOptions options, SpoolSpace space) {
    return switch (this) {
      case TAR -> new TarReader();
      case CPIO -> new CpioReader();
      case AR -> new ArReader();
      case ZIP -> new ZipReader(options, space);
      case SEVEN_Z -> new SevenZReader(space);
    };
  }

  /** Returns the name that {@link ArchiveVolume#type} has for it. */
  String type() {
    return this == SEVEN_Z ? "7z" : name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether bytes begin with a mark, of which each character is a byte. */
  static boolean startsWith(byte[] head, String mark) {
    return hasAt(head, 0, mark);
  }

  /** Returns whether bytes have a mark at a place. */
  static boolean hasAt(byte[] head, int offset, String mark) {
    byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
    int end = offset + wanted.length;
    return head.length >= end && Arrays.equals(head, offset, end, wanted, 0, wanted.length);
  }
}
