package dev.tcplay.mapper;

/**
 * What a target says of itself.
 *
 * @param start its first sector of 512 bytes
 * @param length how many sectors it has
 * @param type its type, such as {@code crypt}
 * @param text what {@code dmsetup status} prints behind the type, empty if nothing
 */
public record TargetStatus(long start, long length, String type, String text) {

  /** Returns the line that {@code dmsetup status} prints, without blanks at its end. */
  @Override
  public String toString() {
    return (start + " " + length + " " + type + " " + text).stripTrailing();
  }
}
