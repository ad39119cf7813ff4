package dev.tcplay.crypto.kernel;

/** Whether there is Bouncy Castle, which a program brings only if it needs what else nobody has. */
public final class BouncyCastle {

  private static final String CLASS = "org.bouncycastle.crypto.BlockCipher";

  private static final String PLACE =
      "Bouncy Castle: org.bouncycastle:bcprov-jdk18on on the class path, or its module"
          + " org.bouncycastle.provider among those that are resolved";

  private BouncyCastle() {}

  /** Returns whether it is there; loads a class of its signed jar, which takes a while. */
  static boolean isPresent() {
    try {
      Class.forName(CLASS, false, BouncyCastle.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Returns the message where it is missing: {@code what}, a plural, "need Bouncy Castle". */
  static String message(String what) {
    return what + " need " + PLACE;
  }

  /**
   * Checks that it is there.
   *
   * @param what needs it, a plural, for the message
   * @throws UnsupportedOperationException if it is missing; the message says what to add
   */
  public static void require(String what) {
    if (!isPresent()) {
      throw new UnsupportedOperationException(message(what));
    }
  }
}
