package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.VolumeFinding;
import dev.tcplay.testing.ChildJvm;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that run out of heap, of direct memory or of their stacks while they write to a
 * container: what they were told is so afterwards, also if they had to be killed. The system
 * property {@code tcplay.scarce.runs} sets how many processes there are of each kind. There are
 * none by default: a process takes about ten seconds, and most that run out of their stacks stop at
 * a lock of the JDK's and are killed, sooner or later.
 */
class ScarceMemoryTest {

  private static final int RUNS = Integer.getInteger("tcplay.scarce.runs", 0);
  private static final int SESSIONS = Integer.getInteger("tcplay.scarce.sessions", 8);
  private static final int RECORD = 32;

  /** Requests may wait for ten seconds for one that has met the end of its stack. */
  private static final long MOST_QUIET_SECONDS = 14;

  @TempDir Path folder;

  /** What the journal says that files must hold, and which files must be readable. */
  private final Map<Long, byte[]> wanted = new HashMap<>();

  private final Map<Long, byte[]> closed = new HashMap<>();
  private final Set<Long> readable = new HashSet<>();

  private int sessions;
  private int failed;
  private int killed;

  @Test
  void whatWasSaidIsSoWithoutHeap() throws Exception {
    runAll("heap");
  }

  @Test
  void whatWasSaidIsSoWithoutDirectMemory() throws Exception {
    runAll("direct");
  }

  @Test
  void whatWasSaidIsSoAtTheEndOfTheStack() throws Exception {
    runAll("stack");
  }

  private void runAll(String kind) throws Exception {
    Random seeds = new Random(Seeds.of("ScarceMemoryTest " + kind));
    for (int i = 0; i < RUNS; i++) {
      long seed = seeds.nextLong();
      try {
        run(kind, seed);
      } catch (AssertionError | IOException e) {
        throw new AssertionError(kind + ", seed " + seed, e);
      }
    }
    System.out.printf(
        "%s: %d processes, %d sessions ended, %d of them by a failure, %d processes killed%n",
        kind, RUNS, sessions, failed, killed);
  }

  private void run(String kind, long seed) throws Exception {
    Random random = new Random(seed);
    Path container = folder.resolve("container");
    Path journal = folder.resolve("journal");
    Files.deleteIfExists(journal);
    Tcplay.create(container)
        .size(6 << 20)
        .password(FatImages.PASSWORD)
        .pim(1)
        .hash("sha512")
        .quick(true)
        .replaceExisting(true)
        .create();
    Files.createFile(journal);
    Path output = folder.resolve("output");
    Process child =
        ChildJvm.start(
            options(kind, random),
            output,
            ScarceMemory.class,
            container,
            journal,
            seed,
            kind,
            SESSIONS);
    if (endsOrStays(child, journal)) {
      assertEquals(0, child.exitValue(), Files.readString(output));
    } else {
      System.out.println(kind + ", seed " + seed + " does not end");
      dump(child);
      killed++;
    }
    child.destroyForcibly().waitFor();
    read(journal);
    List<VolumeFinding> findings = new ArrayList<>();
    Tcplay.open(container).password(FatImages.PASSWORD).pim(1).hash("sha512").check(findings::add);
    boolean isDirty = findings.stream().anyMatch(finding -> finding.kind().equals("dirty"));
    assertTrue(isDirty || findings.isEmpty(), () -> "clean with " + findings);
    compare(container, findings);
  }

  /** Waits for the end of a process; returns false if it writes nothing to its journal any more. */
  private static boolean endsOrStays(Process child, Path journal) throws Exception {
    long size = 0;
    long since = System.nanoTime();
    while (!child.waitFor(100, TimeUnit.MILLISECONDS)) {
      if (Files.size(journal) != size) {
        size = Files.size(journal);
        since = System.nanoTime();
      } else if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(MOST_QUIET_SECONDS)) {
        return false;
      }
    }
    return true;
  }

  /** Prints where the threads of a process are, if the JDK and the process let us. */
  private void dump(Process child) throws Exception {
    Path stacks = folder.resolve("stacks");
    Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
    if (Files.isExecutable(jstack)) {
      Process dumper =
          new ProcessBuilder(jstack.toString(), "-l", String.valueOf(child.pid()))
              .redirectErrorStream(true)
              .redirectOutput(stacks.toFile())
              .start();
      dumper.waitFor(5, TimeUnit.SECONDS);
      dumper.destroyForcibly().waitFor();
      Files.readAllLines(stacks).stream()
          .filter(line -> line.startsWith("\"") || line.startsWith("\t"))
          .filter(line -> !line.contains(".descend("))
          .forEach(System.out::println);
    }
  }

  private static List<String> options(String kind, Random random) {
    List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC"));
    switch (kind) {
      case "heap" -> options.add("-Xmx" + (24 + random.nextInt(177)) + "m");
      case "direct" ->
          options.addAll(
              List.of("-Xmx100m", "-XX:MaxDirectMemorySize=2m", "-Djdk.nio.maxCachedBufferSize=0"));
      default -> options.add("-Xmx100m");
    }
    return options;
  }

  private void read(Path journal) throws IOException {
    wanted.clear();
    closed.clear();
    readable.clear();
    ByteBuffer entries = ByteBuffer.wrap(Files.readAllBytes(journal));
    while (entries.remaining() >= RECORD) {
      long what = entries.getLong();
      long path = entries.getLong();
      byte[] bytes = ScarceMemory.contents(entries.getLong(), (int) entries.getLong());
      if (what == ScarceMemory.ENDED) {
        wanted.putAll(closed);
      } else if (what == ScarceMemory.FAILED) {
        failed++;
      } else {
        wanted.remove(path);
        closed.remove(path);
        readable.remove(path);
        if (what != ScarceMemory.CHANGES) {
          closed.put(path, bytes);
          readable.add(path);
        }
        if (what == ScarceMemory.FORCED) {
          wanted.put(path, bytes);
        }
      }
      if (what == ScarceMemory.ENDED || what == ScarceMemory.FAILED) {
        sessions++;
        closed.clear();
      }
    }
  }

  private void compare(Path container, List<VolumeFinding> findings) throws IOException {
    try (FileSystem volume = FileSystems.newFileSystem(container, ScarceMemory.ENV)) {
      for (long number : readable) {
        Path path = volume.getPath(ScarceMemory.path(number));
        byte[] bytes = wanted.get(number);
        if (bytes != null) {
          assertArrayEquals(bytes, Files.readAllBytes(path), () -> path + ": " + findings);
        } else if (Files.exists(path)) {
          Files.readAllBytes(path);
        }
      }
    }
  }
}
