package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BouncyCastle;
import dev.tcplay.crypto.kernel.Kernels;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CryptoDiagnostics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The diagnostics of this room's kernels. */
public final class Diagnostics implements CryptoDiagnostics {

  /** Makes diagnostics, which keep nothing. */
  public Diagnostics() {}

  @Override
  public void selfTest(long seed, Consumer<Check> listener) throws InterruptedException {
    BouncyCastle.require("The self-test's comparisons");
    new SelfTest(seed, listener).run();
  }

  @Override
  public List<String> ciphers() {
    return CipherMode.all().stream()
        .flatMap(mode -> mode.chains().stream())
        .distinct()
        .map(CipherChain::veraCryptName)
        .toList();
  }

  @Override
  public List<String> kdfs() {
    return Arrays.stream(Prf.values()).map(Prf::id).toList();
  }

  @Override
  public Optional<String> findCipher(String spelling) {
    return find(spelling, CipherChain::parse).map(CipherChain::veraCryptName);
  }

  @Override
  public Optional<String> findKdf(String spelling) {
    return find(spelling, Prf::parse).map(Prf::id);
  }

  private static <T> Optional<T> find(String spelling, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(spelling));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public CipherSpeed measureCipher(String cipher, Direction direction, int threads, Duration time)
      throws InterruptedException {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
    CipherChain chain = CipherChain.parse(cipher);
    CipherMode mode = CipherMode.newest(chain);
    CipherSuite suite = new CipherSuite(mode, chain);
    try (CipherBenchmark benchmark = new CipherBenchmark(suite, direction, threads)) {
      double mbPerSecond = benchmark.measure(positive(time)) / 1e6;
      return new CipherSpeed(
          chain.veraCryptName(), mode.id(), direction, threads, mbPerSecond, kernel(chain));
    }
  }

  /** Returns the kernel of a chain; where its ciphers differ, theirs in the order of its name. */
  static String kernel(CipherChain chain) {
    List<String> names = new ArrayList<>();
    chain.keyOrder().forEach(cipher -> names.add(0, Kernels.nameOf(cipher)));
    return names.stream().distinct().count() == 1 ? names.get(0) : String.join("+", names);
  }

  @Override
  public KdfSpeed measureKdf(String kdf, Duration time) throws InterruptedException {
    return KdfBenchmark.measure(Prf.parse(kdf), positive(time));
  }

  private static Duration positive(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time must be positive: " + time);
    }
    return time;
  }
}
