package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.BlockKernel;
import dev.tcplay.crypto.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
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

/** LRW and CBC over a request, beside the ciphers alone over as many blocks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OlderModesBenchmark {

  @Param({"AES", "Serpent", "Twofish", "AES-Twofish-Serpent", "Blowfish", "CAST5", "Triple DES"})
  public String chain = "";

  @Param({"16384", "131072"})
  public int bytes;

  private final List<BlockKernel> kernels = new ArrayList<>();
  private DataUnitCipher lrw;
  private DataUnitCipher cbc;
  private byte[] data;
  private byte[] front;
  private byte[] back;
  private long unit;

  @Setup
  public void key() {
    CipherChain ciphers = CipherChain.parse(chain);
    byte[] keys = new byte[CipherMode.LRW.layout(ciphers).bytes()];
    new Random(1).nextBytes(keys);
    lrw = CipherMode.LRW.dataCipher(ciphers, keys, 0);
    cbc = CipherMode.CBC.dataCipher(ciphers, keys, 0);
    int at = KeyLayout.SEED_BYTES;
    for (BlockCipher cipher : ciphers.keyOrder()) {
      kernels.add(Kernels.create(cipher, keys, at));
      at += cipher.keyBytes();
    }
    int batch = Math.min(bytes, kernels.stream().mapToInt(BlockKernel::batchBytes).max().orElse(0));
    data = new byte[bytes];
    front = new byte[batch + BlockKernel.SPACING];
    back = new byte[batch + BlockKernel.SPACING];
  }

  @TearDown
  public void close() {
    lrw.close();
    cbc.close();
  }

  /** Units one after the other, as a file is written. */
  private long next() {
    long first = unit;
    unit += bytes / DataUnitCipher.DATA_UNIT;
    return first;
  }

  /** The ciphers by themselves, in batches of the same size. */
  @Benchmark
  public void ciphersEncrypt() {
    int batch = front.length - BlockKernel.SPACING;
    for (int done = 0; done < bytes; done += batch) {
      for (BlockKernel kernel : kernels) {
        kernel.encrypt(front, back, batch);
        swap();
      }
    }
  }

  @Benchmark
  public void ciphersDecrypt() {
    int batch = front.length - BlockKernel.SPACING;
    for (int done = 0; done < bytes; done += batch) {
      for (BlockKernel kernel : kernels) {
        kernel.decrypt(front, back, batch);
        swap();
      }
    }
  }

  private void swap() {
    byte[] swapped = front;
    front = back;
    back = swapped;
  }

  @Benchmark
  public void lrwEncrypt() {
    lrw.encrypt(next(), data, 0, data, 0, bytes);
  }

  @Benchmark
  public void lrwDecrypt() {
    lrw.decrypt(next(), data, 0, data, 0, bytes);
  }

  @Benchmark
  public void cbcEncrypt() {
    cbc.encrypt(next(), data, 0, data, 0, bytes);
  }

  @Benchmark
  public void cbcDecrypt() {
    cbc.decrypt(next(), data, 0, data, 0, bytes);
  }
}
