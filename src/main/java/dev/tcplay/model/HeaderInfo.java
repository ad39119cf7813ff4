package dev.tcplay.model;

import java.util.List;

/**
 * The facts of a volume's header and of its places in the container, mostly two, none of them
 * secret.
 *
 * @param volume the facts of the volume, by the header that opened
 * @param version the version of that header: 1 or 2 of TrueCrypt 1 to 4, 3 of TrueCrypt 5, 4 or 5
 * @param minimumProgramVersion the oldest program that may open the volume, in the scale of its
 *     makers: {@code 0x010b} is VeraCrypt 1.b, {@code 0x0700} TrueCrypt 7.0
 * @param inPlace whether the volume was encrypted in place, around the file system that it had
 * @param keyAreaCrc the CRC-32 over the area of keys, as the header has it
 * @param header what the same keys find in the place of the header
 * @param backup what they find in the place of its backup
 * @param warnings what is amiss with the header that opened, a sentence each
 */
public record HeaderInfo(
    VolumeInfo volume,
    int version,
    int minimumProgramVersion,
    boolean inPlace,
    int keyAreaCrc,
    Copy header,
    Copy backup,
    List<String> warnings) {

  /** What keys that have opened a header find in one place of it. */
  public enum Copy {
    /** The header that opened. */
    OPENED("opened"),
    /** A header that opens too, with the same fields and keys. */
    EQUAL("opens, equal"),
    /** A header that opens too, with other fields or keys. */
    DIFFERENT("opens, different"),
    /** A header that opens too, but a checksum in it is wrong. */
    DAMAGED("opens, damaged"),
    /** No header that these keys open with this hash, PIM and cipher. */
    UNKNOWN("does not open"),
    /** Nothing: volumes of TrueCrypt 1 to 5 and system drives have no backup of their header. */
    NONE("none");

    private final String text;

    Copy(String text) {
      this.text = text;
    }

    /** Returns what users read. */
    public String text() {
      return text;
    }
  }

  /** Copies the list. */
  public HeaderInfo {
    warnings = List.copyOf(warnings);
  }
}
