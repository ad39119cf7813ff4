package dev.tcplay.volume;

/**
 * How a header is written.
 *
 * @param family what it belongs to afterwards
 * @param kdf how its key is made
 * @param secrets what the key is derived from
 */
record Seal(HeaderFamily family, HeaderKdf kdf, Secrets secrets) {

  /** Returns how a header that was opened is encrypted already. */
  static Seal of(UnlockedHeader header) {
    return new Seal(header.family(), header.kdf(), header.request().secrets());
  }
}
