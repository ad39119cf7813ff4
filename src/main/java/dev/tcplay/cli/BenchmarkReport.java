package dev.tcplay.cli;

import dev.tcplay.model.CryptoDiagnostics.CipherSpeed;
import dev.tcplay.model.CryptoDiagnostics.KdfSpeed;
import java.io.IOException;

/** Takes the results of a benchmark as they come: all ciphers, then all key derivations. */
interface BenchmarkReport {

  /** Says where the benchmark runs. */
  void begin(String jdk, String cpu) throws IOException;

  /** Adds a cipher chain, both ways on the same number of threads. */
  void cipher(CipherSpeed encryption, CipherSpeed decryption) throws IOException;

  /** Adds a key derivation. */
  void kdf(KdfSpeed speed) throws IOException;

  /** Says that nothing more comes. */
  void end() throws IOException;
}
