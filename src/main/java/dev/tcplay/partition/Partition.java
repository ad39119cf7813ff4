package dev.tcplay.partition;

/**
 * A partition as its table has it, cut to what lies on the disk.
 *
 * @param number as Linux counts: in an MBR 1 to 4, logical ones from 5; in a GPT the index of the
 *     entry plus 1
 * @param type its name and number in an MBR, such as {@code FAT32 (0x0c)}; in a GPT its name, or
 *     the GUID where that has none
 * @param label its name in a GPT; empty if it has none, and in an MBR
 * @param start where it begins, in bytes
 * @param length its bytes
 */
public record Partition(int number, String type, String label, long start, long length) {

  /** Returns whether it only holds logical partitions, which are listed beside it. */
  public boolean isExtended() {
    return type.startsWith(MbrTypes.EXTENDED + " (");
  }
}
