package dev.tcplay.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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

/**
 * What encryption adds: each shot is a pass over a file of a plain image and one over a file of a
 * container, so that both meet the machine in the same mood. They begin in turn, as either commits
 * in the background what the other has written. The score is both together; the counters tell them
 * apart, as sums over all shots.
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

  /** Deletes both files. */
  @TearDown(Level.Trial)
  public void end() throws IOException {
    plain.close();
    encrypted.close();
    TemporaryFolder.delete(plainFolder);
    TemporaryFolder.delete(encryptedFolder);
  }

  /** How long each of the two passes of a shot took. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Pair {
    public double plainMillis;
    public double encryptedMillis;
  }

  @Benchmark
  public void pass(Pair pair) throws IOException {
    double first = millis(encryptedFirst ? encrypted : plain);
    double second = millis(encryptedFirst ? plain : encrypted);
    pair.plainMillis = encryptedFirst ? second : first;
    pair.encryptedMillis = encryptedFirst ? first : second;
    encryptedFirst = !encryptedFirst;
  }

  private double millis(Peer volume) throws IOException {
    long start = System.nanoTime();
    pass.run(volume, LENGTH, bytes, random);
    return (System.nanoTime() - start) / 1e6;
  }
}
