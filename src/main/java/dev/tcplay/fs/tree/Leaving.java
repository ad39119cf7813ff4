package dev.tcplay.fs.tree;

/** An entry that was deleted; each is another one, whatever it says. */
public final class Leaving {

  private final long sector;

  /** Makes the note of an entry that lay in one sector, or -1 for one in several. */
  public Leaving(long sector) {
    this.sector = sector;
  }

  /** Returns whether a new entry in a sector cannot be there without this one being gone. */
  public boolean isGoneWith(long newSector) {
    return sector >= 0 && sector == newSector;
  }
}
