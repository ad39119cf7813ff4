package dev.tcplay.crypto;

import java.util.Arrays;

/** A kernel's result is not the expected one. */
final class MismatchException extends Exception {

  private static final long serialVersionUID = 1L;

  private MismatchException(String message) {
    super(message);
  }

  /**
   * Checks a result.
   *
   * @param what what the message calls it
   * @throws MismatchException if the arrays differ; it says where
   */
  static void check(String what, byte[] expected, byte[] actual) throws MismatchException {
    int at = Arrays.mismatch(expected, actual);
    if (at >= 0) {
      throw new MismatchException(
          "%s of %d bytes is wrong from byte %d on".formatted(what, expected.length, at));
    }
  }
}
