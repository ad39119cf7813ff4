package dev.tcplay.serve;

import java.security.SecureRandom;

/** Passwords that servers make for their clients. */
public final class Passwords {

  private static final char[] SYMBOLS = "abcdefghijkmnpqrstuvwxyz23456789".toCharArray();
  private static final int LENGTH = 24;

  private Passwords() {}

  /**
   * Makes a password of 24 letters and digits, of 120 random bits. The caller shows it, and wipes
   * it.
   */
  public static char[] random() {
    SecureRandom random = new SecureRandom();
    char[] password = new char[LENGTH];
    for (int i = 0; i < password.length; i++) {
      password[i] = SYMBOLS[random.nextInt(SYMBOLS.length)];
    }
    return password;
  }
}
