package dev.tcplay.contract;

import java.util.Set;

/**
 * A point of the contract as something that is tried.
 *
 * @param number of the point in docs/nio-contract.md
 * @param kinds where it is tried
 * @param caseless whether jimfs with the rules of Windows is the judge
 */
record Case(String number, Set<Kind> kinds, boolean caseless, Check check) {

  /** Passes where the point holds, and throws {@link NotOffered} or an error elsewhere. */
  interface Check {
    void on(Place place) throws Exception;
  }

  /** Says that a file system does without something, as the contract lets it. */
  static final class NotOffered extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  static Case everywhere(String number, Check check) {
    return new Case(number, Kind.ALL, false, check);
  }

  /** A case that needs a volume of ours. */
  static Case ours(String number, Check check) {
    return new Case(number, Kind.OURS, false, check);
  }

  /** A case about containers and their URIs. */
  static Case opened(String number, Check check) {
    return new Case(number, Kind.OPENED, false, check);
  }

  /** A case about names without case. */
  static Case caseless(String number, Check check) {
    return new Case(number, Kind.CASELESS, true, check);
  }
}
