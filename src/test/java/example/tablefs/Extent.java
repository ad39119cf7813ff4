package example.tablefs;

/**
 * Sectors in one piece. Immutable.
 *
 * @param first the first one
 * @param sectors how many
 */
record Extent(long first, long sectors) {

  /** Returns the extent of so many bytes, in whole sectors. */
  static Extent of(long first, long bytes) {
    return new Extent(first, bytes / Layout.SECTOR + (bytes % Layout.SECTOR == 0 ? 0 : 1));
  }

  /** Returns the sector behind the last. */
  long end() {
    return first + sectors;
  }

  /** Returns what is left of this behind the beginning, of which both have the same. */
  Extent behind(Extent beginning) {
    return new Extent(beginning.end(), sectors - beginning.sectors());
  }
}
