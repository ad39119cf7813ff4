package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a file looks like by its first bytes, for who is told that it does not open. It never
 * decides whether a file is tried: the salt of a volume is free, so that any file may begin a
 * container.
 */
public final class Likeness {

  private static final int BYTES = 512;
  private static final String VOLUME = " volume";

  /**
   * The mark of a type of file.
   *
   * @param offset where it stands
   * @param bytes as Latin-1 text
   * @param type what has it
   */
  private record Mark(int offset, String bytes, String type) {

    boolean isIn(String start) {
      return start.startsWith(bytes, offset);
    }
  }

  /** The longer and surer ones first. */
  private static final List<Mark> MARKS =
      List.of(
          new Mark(0, "SQLite format 3\0", "an SQLite database"),
          new Mark(0, "\u0089PNG\r\n\u001a\n", "a PNG image"),
          new Mark(3, "NTFS    ", "an NTFS volume"),
          new Mark(3, "EXFAT   ", "an exFAT volume"),
          new Mark(3, "-FVE-FS-", "a BitLocker volume"),
          new Mark(82, "FAT32   ", "a FAT32 volume"),
          new Mark(54, "FAT16   ", "a FAT16 volume"),
          new Mark(54, "FAT12   ", "a FAT12 volume"),
          new Mark(257, "ustar", "a tar archive"),
          new Mark(0, "vhdxfile", "a VHDX disk image"),
          new Mark(0, "7z\u00bc\u00af'\u001c", "a 7z archive"),
          new Mark(0, "\u00fd7zXZ\0", "xz data"),
          new Mark(0, "Rar!\u001a\7", "a rar archive"),
          new Mark(0, "GIF87a", "a GIF image"),
          new Mark(0, "GIF89a", "a GIF image"),
          new Mark(0, "%PDF-", "a PDF document"),
          new Mark(0, "PK\3\4", "a zip archive"),
          new Mark(0, "PK\5\6", "a zip archive"),
          new Mark(0, "\u007fELF", "an ELF program"),
          new Mark(0, "\u00ca\u00fe\u00ba\u00be", "a class file"),
          new Mark(0, "(\u00b5/\u00fd", "zstd data"),
          new Mark(0, "QFI\u00fb", "a QCOW disk image"),
          new Mark(0, "KDMV", "a VMDK disk image"),
          new Mark(0, "RIFF", "a RIFF file, such as WAV, AVI or WebP"),
          new Mark(0, "OggS", "Ogg media"),
          new Mark(4, "ftyp", "an MP4 video or the like"),
          new Mark(0, "II*\0", "a TIFF image"),
          new Mark(0, "MM\0*", "a TIFF image"),
          new Mark(0, "\u001f\u008b\b", "gzip data"),
          new Mark(0, "\u00ff\u00d8\u00ff", "a JPEG image"),
          new Mark(0, "BZh", "bzip2 data"),
          new Mark(0, "ID3", "MP3 audio"),
          new Mark(
              510,
              "U\u00aa",
              "a boot sector or a disk with a partition table, of which the option partition opens a part"),
          new Mark(0, "MZ", "a Windows program"));

  private Likeness() {}

  /**
   * Returns what a device looks like, such as {@code a PDF document}; empty if like nothing known,
   * as a container mostly does.
   *
   * @throws IOException if it cannot be read
   */
  static Optional<String> of(BlockDevice device) throws IOException {
    Optional<String> luks = LuksHeader.name(device);
    if (luks.isPresent()) {
      return luks.map(name -> name + ", which this library does not open: cryptsetup does");
    }
    byte[] bytes = new byte[(int) Math.min(BYTES, device.size())];
    device.read(0, bytes, 0, bytes.length);
    String start = new String(bytes, StandardCharsets.ISO_8859_1);
    Optional<String> type =
        MARKS.stream().filter(mark -> mark.isIn(start)).map(Mark::type).findFirst();
    if (type.isPresent() || start.isEmpty()) {
      return type;
    } else if (start.chars().allMatch(unit -> unit == 0)) {
      return Optional.of("a blank disk");
    }
    return start.chars().allMatch(Likeness::isText) ? Optional.of("text") : Optional.empty();
  }

  /**
   * Returns the type of file system or the like that a device looks as if it had, such as {@code
   * NTFS} or {@code LUKS2}; empty if none that is known.
   *
   * @throws IOException if it cannot be read
   */
  public static Optional<String> volumeType(BlockDevice device) throws IOException {
    Optional<String> luks = LuksHeader.name(device);
    return (luks.isPresent() ? luks : of(device))
        .filter(type -> type.endsWith(VOLUME))
        .map(type -> type.substring(type.indexOf(' ') + 1, type.length() - VOLUME.length()));
  }

  private static boolean isText(int unit) {
    return (unit >= ' ' && unit <= '~') || unit == '\t' || unit == '\n' || unit == '\r';
  }
}
