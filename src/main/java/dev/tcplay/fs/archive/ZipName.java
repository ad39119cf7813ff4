package dev.tcplay.fs.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * The names of a zip's members. Those that are not marked as UTF-8 may come with a field that has
 * them in UTF-8, and are by themselves in the code page of DOS, but on Unix in what the system had:
 * UTF-8 if they are lawful in that.
 */
final class ZipName {

  /** What the library is to decode names by: any other fails at bytes that it has no letter for. */
  static final Charset UNDECODED = StandardCharsets.ISO_8859_1;

  private ZipName() {}

  /** Returns the name of a member. */
  static String of(ZipArchiveEntry entry, Charset codePage) {
    byte[] raw = entry.getRawName();
    if (raw == null) {
      return entry.getName();
    }
    if (entry.getGeneralPurposeBit().usesUTF8ForNames()) {
      // Where the mark is wrong, the library has a question mark, as names may have themselves.
      return withSlashes(entry, new String(raw, StandardCharsets.UTF_8));
    }
    if (entry.getExtraField(UnicodePathExtraField.UPATH_ID) instanceof UnicodePathExtraField unicode
        && unicode.getUnicodeName() != null
        && unicode.getNameCRC32() == sum(raw)) {
      return new String(unicode.getUnicodeName(), StandardCharsets.UTF_8);
    }
    String lawful = entry.getPlatform() == ZipArchiveEntry.PLATFORM_UNIX ? utf8(raw) : null;
    return lawful == null ? withSlashes(entry, new String(raw, codePage)) : lawful;
  }

  /** Some writers on Windows have put backslashes between the parts of a path. */
  private static String withSlashes(ZipArchiveEntry entry, String name) {
    return entry.getPlatform() == ZipArchiveEntry.PLATFORM_FAT && name.indexOf('/') < 0
        ? name.replace('\\', '/')
        : name;
  }

  private static long sum(byte[] raw) {
    CRC32 sum = new CRC32();
    sum.update(raw);
    return sum.getValue();
  }

  private static @Nullable String utf8(byte[] raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
