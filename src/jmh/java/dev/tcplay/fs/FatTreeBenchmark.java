package dev.tcplay.fs;

import java.io.IOException;
import java.nio.file.Path;
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

/** Many empty files in one directory and in many, and a walk over them, each on a fresh volume. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 15)
@Fork(3)
public class FatTreeBenchmark {

  private static final int IN_ONE = 5_000;
  private static final int DIRECTORIES = 100;
  private static final int IN_EACH = 200;

  /** Whose tree it is. */
  @Param({"HOST", "DRIVER", "FILES", "EXFAT", "AES", "JIMFS", "FAT32LIB"})
  public PeerKind peer;

  private Path folder;
  private Peer volume;

  /** Makes an empty volume. */
  @Setup(Level.Iteration)
  public void make() throws IOException {
    folder = peer.folder();
    volume = peer.make(folder);
    volume.makeDirectory("one");
  }

  /** Closes and deletes it. */
  @TearDown(Level.Iteration)
  public void delete() throws IOException {
    volume.close();
    TemporaryFolder.delete(folder);
  }

  /** Makes 5,000 files in one directory. */
  @Benchmark
  public void create5000() throws IOException {
    for (int i = 0; i < IN_ONE; i++) {
      volume.makeFile("one", name(i));
    }
  }

  /** Makes 100 directories of 200 files. */
  @Benchmark
  public void create20000() throws IOException {
    makeTree(volume);
  }

  private static void makeTree(Peer volume) throws IOException {
    for (int i = 0; i < DIRECTORIES; i++) {
      String directory = "directory-" + i;
      volume.makeDirectory(directory);
      for (int j = 0; j < IN_EACH; j++) {
        volume.makeFile(directory, name(j));
      }
    }
  }

  private static String name(int number) {
    return "file-%05d.dat".formatted(number);
  }

  /** The tree that is walked. */
  @State(Scope.Benchmark)
  public static class Full {
    private Path folder;
    private Peer volume;

    /** Makes the tree. */
    @Setup(Level.Trial)
    public void make(FatTreeBenchmark benchmark) throws IOException {
      folder = benchmark.peer.folder();
      volume = benchmark.peer.make(folder);
      makeTree(volume);
    }

    /** Closes and deletes it. */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
      volume.close();
      TemporaryFolder.delete(folder);
    }
  }

  /** Visits 20,100 entries with their attributes; the compiler comes to rest late. */
  @Benchmark
  @Warmup(iterations = 80)
  @Measurement(iterations = 40)
  public long walk(Full full) throws IOException {
    return full.volume.walk();
  }
}
