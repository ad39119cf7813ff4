package dev.tcplay.cli;

import dev.tcplay.model.CryptoDiagnostics.CipherSpeed;
import dev.tcplay.model.CryptoDiagnostics.KdfSpeed;
import java.io.IOException;
import java.util.Locale;

/** Prints a benchmark as a table, each row when it is known. */
final class TableReport implements BenchmarkReport {

  private static final String CIPHER_ROW = "%-27s %-4s %-23s %7s %13s %13s";
  private static final String KDF_ROW = "%-27s %-23s %10s %6s %10s";

  private final Output out;
  private boolean ciphers;
  private boolean kdfs;

  TableReport(Output out) {
    this.out = out;
  }

  @Override
  public void begin(String jdk, String cpu) throws IOException {
    print("# JDK " + jdk + ", " + cpu);
  }

  @Override
  public void cipher(CipherSpeed encryption, CipherSpeed decryption) throws IOException {
    if (!ciphers) {
      ciphers = true;
      print("# ciphers in memory, without input and output; MB = 1,000,000 bytes");
      print(CIPHER_ROW, "# cipher", "mode", "kernel", "threads", "encryption", "decryption");
    }
    print(
        CIPHER_ROW,
        encryption.name(),
        encryption.mode(),
        encryption.kernel(),
        encryption.threads(),
        speed(encryption),
        speed(decryption));
  }

  private static String speed(CipherSpeed speed) {
    return String.format(Locale.ROOT, "%.1f MB/s", speed.mbPerSecond());
  }

  @Override
  public void kdf(KdfSpeed speed) throws IOException {
    if (!kdfs) {
      kdfs = true;
      print("# one key derivation at VeraCrypt's default cost (sha1: TrueCrypt's), on one thread");
      print(KDF_ROW, "# hash", "kernel", "iterations", "bytes", "time");
    }
    String time =
        speed.seconds().isPresent()
            ? String.format(Locale.ROOT, "%.3f s", speed.seconds().getAsDouble())
            : "no memory";
    print(KDF_ROW, speed.name(), speed.kernel(), speed.iterations(), speed.bytes(), time);
  }

  @Override
  public void end() {}

  private void print(String format, Object... arguments) throws IOException {
    out.line(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  private void print(String line) throws IOException {
    out.line(line);
    out.flush();
  }
}
