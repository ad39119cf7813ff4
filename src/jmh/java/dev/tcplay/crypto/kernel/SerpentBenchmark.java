package dev.tcplay.crypto.kernel;

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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Each round of Serpent by itself over 512 lanes. Rounds that fell off the vector path show as
 * several times slower than the others; they must be judged on every JDK. They are not inlined
 * here, since in a kernel, which calls nine of them in one place, they are not either; inlined,
 * some lose their vectors.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = "-XX:CompileCommand=dontinline,dev.tcplay.crypto.kernel.Serpent*::*")
public class SerpentBenchmark {

  private static final int LANES = 512;

  @Param({"0", "1", "2", "3", "4", "5", "6", "7", "8"})
  public int round;

  @Param({"encrypt", "decrypt"})
  public String direction = "";

  private final int[] a = new int[LANES];
  private final int[] b = new int[LANES];
  private final int[] c = new int[LANES];
  private final int[] d = new int[LANES];
  private final int[] keys = new int[132];
  private SerpentRound loop = SerpentEncryption.ROUND[0];

  @Setup
  public void choose() {
    Random random = new Random(1);
    for (int[] words : new int[][] {a, b, c, d, keys}) {
      for (int i = 0; i < words.length; i++) {
        words[i] = random.nextInt();
      }
    }
    loop = (direction.equals("encrypt") ? SerpentEncryption.ROUND : SerpentDecryption.ROUND)[round];
  }

  @Benchmark
  public void round() {
    loop.run(a, b, c, d, LANES, keys, 0);
  }
}
