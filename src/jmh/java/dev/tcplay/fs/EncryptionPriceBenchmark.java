package dev.tcplay.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * What encryption adds: each shot is a pass over a file of a plain image and one over a file of a
 * container, so that both meet the machine in the same mood. They begin in turn, as either commits
 * in the background what the other has written. The score is both together; each fork ends with a
 * line that tells them apart, in medians.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 60)
@Measurement(iterations = 25)
@Fork(3)
public class EncryptionPriceBenchmark {

  private static final long LENGTH = 400L << 20;

  /** What is done. */
  @Param public DataPass pass;

  private final Random random = new Random(1);
  private final List<Double> plainMillis = new ArrayList<>();
  private final List<Double> encryptedMillis = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();
  private boolean measuring;
  private boolean encryptedFirst;
  private byte[] bytes;
  private Path plainFolder;
  private Path encryptedFolder;
  private Peer plain;
  private Peer encrypted;

  /** Makes both files. */
  @Setup(Level.Trial)
  public void make() throws IOException {
    plainFolder = PeerKind.FILES.folder();
    plain = PeerKind.FILES.make(plainFolder);
    DataPass.makeFile(plain, LENGTH);
    encryptedFolder = PeerKind.AES.folder();
    encrypted = PeerKind.AES.make(encryptedFolder);
    bytes = DataPass.makeFile(encrypted, LENGTH);
  }

  /** Notes whether the next shot counts. */
  @Setup(Level.Iteration)
  public void begin(IterationParams iteration) {
    measuring = iteration.getType() == IterationType.MEASUREMENT;
  }

  /** Tells what was measured, and deletes the files. */
  @TearDown(Level.Trial)
  public void end() throws IOException {
    System.out.printf(
        "%s: plain %.1f ms, encrypted %.1f ms, ratio %.2f%n",
        pass, median(plainMillis), median(encryptedMillis), median(ratios));
    plain.close();
    encrypted.close();
    TemporaryFolder.delete(plainFolder);
    TemporaryFolder.delete(encryptedFolder);
  }

  @Benchmark
  public void pass() throws IOException {
    double first = millis(encryptedFirst ? encrypted : plain);
    double second = millis(encryptedFirst ? plain : encrypted);
    if (measuring) {
      plainMillis.add(encryptedFirst ? second : first);
      encryptedMillis.add(encryptedFirst ? first : second);
      ratios.add(encryptedFirst ? first / second : second / first);
    }
    encryptedFirst = !encryptedFirst;
  }

  private double millis(Peer volume) throws IOException {
    long start = System.nanoTime();
    pass.run(volume, LENGTH, bytes, random);
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }
}
