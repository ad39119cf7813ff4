package dev.tcplay.fs.archive;

import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountOptions;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of archives, known by their first bytes alone. */
enum Format {
  TAR((options, space) -> new TarReader()),
  CPIO((options, space) -> new CpioReader()),
  AR((options, space) -> new ArReader()),
  ZIP(ZipReader::new);

  /** Bytes at the start of a volume that are looked at. */
  static final int HEAD_BYTES = 1024;

  private interface Maker {
    ArchiveReader make(MountOptions options, SpoolSpace space);
  }

  private final Maker maker;

  Format(Maker maker) {
    this.maker = maker;
  }

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
    return maker.make(options, space);
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
