package dev.tcplay.container;

import dev.tcplay.model.Algorithm;
import dev.tcplay.volume.Catalogue;
import java.util.List;

/** What containers of all formats are encrypted with. */
public final class Algorithms {

  private Algorithms() {}

  /** Returns the cipher chains. */
  public static List<Algorithm> ciphers() {
    return Catalogue.ciphers();
  }

  /** Returns the functions of the header key. */
  public static List<Algorithm> hashes() {
    return Catalogue.hashes();
  }
}
