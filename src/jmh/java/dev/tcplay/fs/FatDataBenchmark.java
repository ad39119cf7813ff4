package dev.tcplay.fs;

import java.io.IOException;
import java.nio.file.Path;
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

/**
 * Contents of one file. Nothing is forced; what our cache commits in the background meanwhile is in
 * the price.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 15)
@Fork(3)
public class FatDataBenchmark {

  /** Whose file it is. */
  @Param({"HOST", "DRIVER", "FILES", "EXFAT", "AES", "JIMFS", "FAT32LIB"})
  public PeerKind peer;

  /** How long the file is. */
  @Param("200")
  public int mebibytes;

  /** What is done. */
  @Param public DataPass pass;

  private final Random random = new Random(1);
  private byte[] bytes;
  private Path folder;
  private Peer volume;

  /** Makes the file. */
  @Setup(Level.Trial)
  public void make() throws IOException {
    folder = peer.folder();
    volume = peer.make(folder);
    bytes = DataPass.makeFile(volume, length());
  }

  /** Deletes it. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    volume.close();
    TemporaryFolder.delete(folder);
  }

  @Benchmark
  public void pass() throws IOException {
    pass.run(volume, length(), bytes, random);
  }

  private long length() {
    return (long) mebibytes << 20;
  }
}
