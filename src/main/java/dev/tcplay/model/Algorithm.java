package dev.tcplay.model;

import java.util.List;

/**
 * A cipher chain or a function of the header key, as containers use it.
 *
 * @param name the name by which options take it, such as {@code AES-Twofish-Serpent} or {@code
 *     sha512}
 * @param uses which containers use it, and in which mode if it is a cipher, such as {@code XTS of
 *     VeraCrypt}
 * @param sources where it was published; for a chain, each of its ciphers in the order of its name
 */
public record Algorithm(String name, List<String> uses, List<String> sources) {

  /** Copies the lists. */
  public Algorithm {
    uses = List.copyOf(uses);
    sources = List.copyOf(sources);
  }
}
