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
 * Contents of one file: all of it in large requests, and 5,000 random pages of 4 KiB. Nothing is
 * forced; what our cache commits in the background meanwhile is in the price.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 15)
@Fork(3)
public class FatDataBenchmark {

  private static final int LARGE = 1 << 20;
  private static final int MEDIUM = 1 << 16;
  private static final int PAGE = 4096;
  private static final int PAGES = 5_000;
  private static final String NAME = "contents.dat";

  /** Whose file it is. */
  @Param({"HOST", "DRIVER", "FILES", "AES", "JIMFS", "FAT32LIB"})
  public PeerKind peer;

  /** How long the file is. */
  @Param("200")
  public int mebibytes;

  private final Random random = new Random(1);
  private final byte[] bytes = new byte[LARGE];
  private Path folder;
  private Peer volume;

  /** Makes the file. */
  @Setup(Level.Trial)
  public void make() throws IOException {
    random.nextBytes(bytes);
    folder = peer.folder();
    volume = peer.make(folder);
    volume.makeFile("", NAME);
    write(LARGE);
  }

  /** Deletes it. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    volume.close();
    TemporaryFolder.delete(folder);
  }

  /** Reads everything by 64 KiB. */
  @Benchmark
  public void read64K() throws IOException {
    read(MEDIUM);
  }

  /** Reads everything by 1 MiB. */
  @Benchmark
  public void read1M() throws IOException {
    read(LARGE);
  }

  private void read(int request) throws IOException {
    try (Peer.Contents contents = volume.open(NAME)) {
      for (long at = 0; at < length(); at += request) {
        contents.read(at, bytes, request);
      }
    }
  }

  /** Writes everything anew by 64 KiB, into a file that was cut to nothing. */
  @Benchmark
  public void write64K() throws IOException {
    write(MEDIUM);
  }

  /** Writes everything anew by 1 MiB, into a file that was cut to nothing. */
  @Benchmark
  public void write1M() throws IOException {
    write(LARGE);
  }

  private void write(int request) throws IOException {
    try (Peer.Contents contents = volume.openEmptied(NAME)) {
      for (long at = 0; at < length(); at += request) {
        contents.write(at, bytes, request);
      }
    }
  }

  private long length() {
    return (long) mebibytes << 20;
  }

  /** Reads pages here and there. */
  @Benchmark
  public void randomRead() throws IOException {
    try (Peer.Contents contents = volume.open(NAME)) {
      for (int i = 0; i < PAGES; i++) {
        contents.read(place(), bytes, PAGE);
      }
    }
  }

  /** Writes pages here and there. */
  @Benchmark
  public void randomWrite() throws IOException {
    try (Peer.Contents contents = volume.open(NAME)) {
      for (int i = 0; i < PAGES; i++) {
        contents.write(place(), bytes, PAGE);
      }
    }
  }

  private long place() {
    return (long) random.nextInt((int) (length() / PAGE)) * PAGE;
  }
}
