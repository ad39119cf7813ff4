package dev.tcplay.serve.sftp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/** What is kept of a password: a salted digest, so that the password itself is nowhere. */
final class PasswordDigest {

  private final byte[] salt = new byte[32];
  private final byte[] digest;

  PasswordDigest(char[] password) {
    if (password.length == 0) {
      throw new IllegalArgumentException("the password is empty");
    }
    new SecureRandom().nextBytes(salt);
    digest = digest(CharBuffer.wrap(password));
  }

  /** Takes as long for a wrong password as for the right one. */
  boolean isOf(CharSequence password) {
    return MessageDigest.isEqual(digest, digest(CharBuffer.wrap(password)));
  }

  private byte[] digest(CharBuffer password) {
    ByteBuffer text = StandardCharsets.UTF_8.encode(password);
    byte[] bytes = new byte[text.remaining()];
    text.get(bytes);
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      return sha.digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      text.clear();
      while (text.hasRemaining()) {
        text.put((byte) 0);
      }
    }
  }

  @Override
  public String toString() {
    return "PasswordDigest";
  }
}
