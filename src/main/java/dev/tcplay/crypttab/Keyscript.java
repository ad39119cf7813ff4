package dev.tcplay.crypttab;

import dev.tcplay.model.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that prints the passphrase.
 *
 * @param command the program and its arguments
 * @param environment what it finds in its environment besides ours
 * @param toLastLineEnd whether the passphrase ends before the last line end, if there is one
 */
record Keyscript(List<String> command, Map<String, String> environment, boolean toLastLineEnd)
    implements Passphrase {

  @Override
  public Optional<Keys> complete(Keys.Builder keys, boolean scripts) throws IOException {
    if (!scripts) {
      throw new IOException(
          "keyscript= runs a program, which needs tcplay cryptdisks start --allow-keyscript");
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    byte[] printed = new byte[0];
    try {
      process.getOutputStream().close();
      try (InputStream in = process.getInputStream()) {
        printed = Passphrases.read(in, "keyscript=");
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("keyscript= ended with exit status " + status);
      }
      return Optional.of(keys(keys, printed));
    } catch (InterruptedException e) {
      InterruptedIOException stop = new InterruptedIOException("stopped");
      stop.initCause(e);
      throw stop;
    } finally {
      process.destroy();
      Arrays.fill(printed, (byte) 0);
    }
  }

  private Keys keys(Keys.Builder keys, byte[] printed) throws IOException {
    int length = printed.length;
    if (length == 0) {
      throw new IOException("keyscript= printed nothing");
    }
    for (int i = length - 1; toLastLineEnd && i >= 0; i--) {
      if (printed[i] == '\n') {
        length = i;
        break;
      }
    }
    byte[] passphrase = Arrays.copyOf(printed, length);
    try {
      return keys.password(passphrase).build();
    } finally {
      Arrays.fill(passphrase, (byte) 0);
    }
  }
}
