package dev.tcplay.mapper;

/** What else is allowed when a mapped device is removed. */
public enum Removal {
  /** If somebody has it open, it goes when nobody has any more, instead of being busy. */
  DEFERRED,
  /**
   * Its tables are replaced by one whose transfers fail, so that nobody waits for it any more, even
   * if it is busy after that.
   */
  FORCE
}
