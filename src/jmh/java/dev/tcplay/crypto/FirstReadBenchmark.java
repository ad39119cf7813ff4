package dev.tcplay.crypto;

import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The first 64 MiB that a process decrypts, in requests of 64 KiB: each iteration is one mebibyte,
 * nothing is warm, and each fork is a process that reads once. The first iteration keys the cipher
 * too, which loads its classes. Compare iteration by iteration.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 64)
@Fork(5)
public class FirstReadBenchmark {

  private static final int REQUEST = 65536;
  private static final int REQUESTS = 16;

  @Param({"AES", "Serpent", "Twofish", "Camellia", "Kuznyechik", "AES-Twofish-Serpent"})
  public String chain = "";

  @Param({"auto", "portable"})
  public String kernel = "";

  private CipherChain ciphers;
  private byte[] keys;
  private @Nullable DataUnitCipher cipher;
  private final byte[] data = new byte[REQUEST];
  private long unit;

  @Setup
  public void choose() {
    System.setProperty("tcplay.kernel", kernel);
    ciphers = CipherChain.parse(chain);
    keys = new byte[2 * ciphers.keyBytes()];
    new Random(1).nextBytes(keys);
  }

  @TearDown
  public void close() {
    Objects.requireNonNull(cipher).close();
  }

  @Benchmark
  public byte[] mebibyte() {
    if (cipher == null) {
      cipher = CipherMode.XTS.dataCipher(ciphers, keys, 0);
    }
    for (int i = 0; i < REQUESTS; i++) {
      cipher.decrypt(unit, data, 0, data, 0, REQUEST);
      unit += REQUEST / DataUnitCipher.DATA_UNIT;
    }
    return data;
  }
}
