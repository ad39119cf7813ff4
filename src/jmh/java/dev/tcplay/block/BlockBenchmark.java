package dev.tcplay.block;

import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.DataUnitCipher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
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
 * Requests through stacks of devices, beside the bare channel of the host and the cipher alone. The
 * host file is in the operating system's cache. Random requests are 4 KiB long, sequential ones 1
 * MiB; hits stay inside what the cache holds, misses roam the whole host.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class BlockBenchmark {

  private static final int PAGE = 4096;
  private static final int LARGE = 1 << 20;
  private static final long SIZE = 256L << 20;
  private static final long CACHE = 16L << 20;
  private static final long HOT = 4L << 20;

  /** What the requests go to. */
  public enum Layers {
    /** The host's own channel. */
    CHANNEL,
    /** A file device. */
    FILE,
    /** A cache over a file: a plain image. */
    PLAIN,
    /** A cache over AES over a window of a file: a container. */
    AES,
    /** The cipher alone, in memory. */
    CIPHER
  }

  /** What the requests go to. */
  @Param({"CHANNEL", "FILE", "PLAIN", "AES", "CIPHER"})
  public Layers layers;

  private Path file;
  private FileChannel channel;
  private BlockDevice device;
  private DataUnitCipher cipher;

  /** The buffer and the place of one thread. */
  @State(Scope.Thread)
  public static class Worker {
    private final byte[] bytes = new byte[LARGE];
    private long next = ThreadLocalRandom.current().nextLong(SIZE / LARGE) * LARGE;

    private long sequential() {
      next = (next + LARGE) % (SIZE - 2 * LARGE);
      return next;
    }

    private static long random(long within) {
      return ThreadLocalRandom.current().nextLong(within / PAGE) * PAGE;
    }
  }

  /** Makes the host and the stack, and reads what is hot. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    file = Files.createTempFile("block", ".img");
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    byte[] some = new byte[LARGE];
    for (long at = 0; at < SIZE; at += LARGE) {
      ThreadLocalRandom.current().nextBytes(some);
      channel.write(ByteBuffer.wrap(some), at);
    }
    cipher = cipher();
    device =
        switch (layers) {
          case CHANNEL, CIPHER -> null;
          case FILE -> host();
          case PLAIN -> new CachedDevice(host(), CACHE, Duration.ZERO);
          case AES ->
              new CachedDevice(
                  new CryptDevice(new LinearDevice(host(), LARGE, SIZE - LARGE), cipher(), 256),
                  CACHE,
                  Duration.ZERO);
        };
    if (device != null) {
      for (int pass = 0; pass < 2; pass++) {
        for (long at = 0; at < HOT; at += PAGE) {
          device.read(at, some, 0, PAGE);
        }
      }
    }
  }

  private BlockDevice host() throws IOException {
    return FileDevice.open(file, HostOpen.writing().unlocked().by("benchmark"));
  }

  private static DataUnitCipher cipher() {
    CipherChain chain = CipherChain.parse("AES");
    return CipherMode.XTS.dataCipher(chain, new byte[2 * chain.keyBytes()], 0);
  }

  /** Closes the stack and deletes the host. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    if (device != null) {
      device.close();
    }
    cipher.close();
    channel.close();
    Files.delete(file);
  }

  private void read(long position, byte[] bytes, int length) throws IOException {
    switch (layers) {
      case CHANNEL -> channel.read(ByteBuffer.wrap(bytes, 0, length), position);
      case CIPHER -> cipher.decrypt(position / 512, bytes, 0, bytes, 0, length);
      default -> device.read(position, bytes, 0, length);
    }
  }

  private void write(long position, byte[] bytes, int length) throws IOException {
    switch (layers) {
      case CHANNEL -> channel.write(ByteBuffer.wrap(bytes, 0, length), position);
      case CIPHER -> cipher.encrypt(position / 512, bytes, 0, bytes, 0, length);
      default -> device.write(position, bytes, 0, length);
    }
  }

  /** Reads 4 KiB that a cache holds. */
  @Benchmark
  public void randomReadHit(Worker worker) throws IOException {
    read(Worker.random(HOT), worker.bytes, PAGE);
  }

  /** Reads 4 KiB that a cache seldom holds. */
  @Benchmark
  public void randomReadMiss(Worker worker) throws IOException {
    read(Worker.random(SIZE - 2 * LARGE), worker.bytes, PAGE);
  }

  /** Writes 4 KiB, again and again where it is dirty already. */
  @Benchmark
  public void randomWriteHit(Worker worker) throws IOException {
    write(Worker.random(CACHE / 16), worker.bytes, PAGE);
  }

  /** Writes 4 KiB that a cache seldom holds. */
  @Benchmark
  public void randomWriteMiss(Worker worker) throws IOException {
    write(Worker.random(SIZE - 2 * LARGE), worker.bytes, PAGE);
  }

  /** Reads 1 MiB behind the one before. */
  @Benchmark
  public void sequentialRead(Worker worker) throws IOException {
    read(worker.sequential(), worker.bytes, LARGE);
  }

  /** Writes 1 MiB behind the one before. */
  @Benchmark
  public void sequentialWrite(Worker worker) throws IOException {
    write(worker.sequential(), worker.bytes, LARGE);
  }
}
