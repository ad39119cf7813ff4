package dev.tcplay.serve.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A user and a password, of which only a keyed hash is kept, under a key that nobody else has. Safe
 * for several threads.
 */
final class Login {

  private static final byte[] SCHEME = "basic ".getBytes(UTF_8);
  private static final String HASH = "HmacSHA256";

  private final SecretKeySpec key;
  private final byte[] expected;

  private Login(SecretKeySpec key, byte[] expected) {
    this.key = key;
    this.expected = expected;
  }

  /** Takes a user and a password, which is neither kept nor wiped. */
  static Login of(String user, char[] password) {
    if (user.isEmpty() || user.indexOf(':') >= 0 || user.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("A user's name is not empty and has no colon: " + user);
    }
    if (password.length == 0) {
      throw new IllegalArgumentException("The password is empty");
    }
    char[] both = new char[user.length() + 1 + password.length];
    user.getChars(0, user.length(), both, 0);
    both[user.length()] = ':';
    System.arraycopy(password, 0, both, user.length() + 1, password.length);
    ByteBuffer encoded = UTF_8.encode(CharBuffer.wrap(both));
    byte[] pair = new byte[encoded.remaining()];
    encoded.get(pair);
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    try {
      SecretKeySpec key = new SecretKeySpec(random, HASH);
      return new Login(key, hash(key, pair));
    } finally {
      Arrays.fill(both, '\0');
      encoded.clear().put(new byte[encoded.capacity()]);
      Arrays.fill(pair, (byte) 0);
      Arrays.fill(random, (byte) 0);
    }
  }

  /** Tells whether the value of a field {@code Authorization} is that of this login. */
  boolean matches(byte[] authorization) {
    if (authorization.length <= SCHEME.length) {
      return false;
    }
    for (int i = 0; i < SCHEME.length; i++) {
      if ((authorization[i] | 0x20) != SCHEME[i]) {
        return false;
      }
    }
    byte[] encoded = Arrays.copyOfRange(authorization, SCHEME.length, authorization.length);
    byte[] pair = new byte[0];
    try {
      pair = Base64.getDecoder().decode(encoded);
      return MessageDigest.isEqual(expected, hash(key, pair));
    } catch (IllegalArgumentException e) {
      return false;
    } finally {
      Arrays.fill(encoded, (byte) 0);
      Arrays.fill(pair, (byte) 0);
    }
  }

  private static byte[] hash(SecretKeySpec key, byte[] pair) {
    try {
      Mac mac = Mac.getInstance(HASH);
      mac.init(key);
      return mac.doFinal(pair);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + HASH, e);
    }
  }
}
