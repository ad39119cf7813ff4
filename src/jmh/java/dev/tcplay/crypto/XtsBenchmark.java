package dev.tcplay.crypto;

import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * XTS of any chain over a request of a given size, by the chosen kernel and by the portable one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class XtsBenchmark {

  @Param({"AES", "Serpent", "Twofish", "Camellia", "Kuznyechik", "AES-Twofish-Serpent"})
  public String chain = "";

  @Param({"auto", "portable"})
  public String kernel = "";

  @Param({"512", "16384", "1048576"})
  public int bytes;

  private DataUnitCipher cipher;

  /** What each thread encrypts, its own, while the cipher is shared. */
  @State(Scope.Thread)
  public static class Request {

    private byte[] data;
    private long unit;

    @Setup
    public void allocate(XtsBenchmark benchmark) {
      data = new byte[benchmark.bytes];
    }

    private long next() {
      long first = unit;
      unit += data.length / DataUnitCipher.DATA_UNIT;
      return first;
    }
  }

  @Setup
  public void key() {
    System.setProperty("tcplay.kernel", kernel);
    CipherChain ciphers = CipherChain.parse(chain);
    byte[] keys = new byte[2 * ciphers.keyBytes()];
    new Random(1).nextBytes(keys);
    cipher = CipherMode.XTS.dataCipher(ciphers, keys, 0);
  }

  @TearDown
  public void close() {
    cipher.close();
  }

  /** Units one after the other, as a file is written. */
  @Benchmark
  public void encrypt(Request request) {
    byte[] data = request.data;
    cipher.encrypt(request.next(), data, 0, data, 0, data.length);
  }

  @Benchmark
  public void decrypt(Request request) {
    byte[] data = request.data;
    cipher.decrypt(request.next(), data, 0, data, 0, data.length);
  }
}
