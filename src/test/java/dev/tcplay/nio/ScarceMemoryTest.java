package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.VolumeFinding;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that run out of heap or of direct memory while they write to a container: what they
 * were told is so afterwards. The system property {@code tcplay.scarce.runs} sets how many
 * processes there are of each kind.
 */
class ScarceMemoryTest {

  private static final int RUNS = Integer.getInteger("tcplay.scarce.runs", 0);
  private static final int RECORD = 32;

  @TempDir Path folder;

  /** What the journal says that files must hold, and which files must be readable. */
  private final Map<Long, byte[]> wanted = new HashMap<>();

  private final Map<Long, byte[]> closed = new HashMap<>();
  private final Set<Long> readable = new HashSet<>();

  @ParameterizedTest
  @ValueSource(strings = {"heap", "direct"})
  void whatWasSaidIsSo(String kind) throws Exception {
    Random seeds = new Random(Seeds.of("whatWasSaidIsSo " + kind));
    int failed = 0;
    for (int i = 0; i < RUNS; i++) {
      long seed = seeds.nextLong();
      try {
        failed += run(kind, seed);
      } catch (AssertionError | IOException e) {
        throw new AssertionError(kind + ", seed " + seed, e);
      }
    }
    System.out.println(kind + ": " + failed + " sessions ended by a failure");
  }

  /** Returns how many sessions failed. */
  private int run(String kind, long seed) throws Exception {
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
    ChildJvm.main(options(kind, random), ScarceMemory.class, container, journal, seed, kind);
    int failed = read(journal);
    List<VolumeFinding> findings = new ArrayList<>();
    Tcplay.open(container).password(FatImages.PASSWORD).pim(1).hash("sha512").check(findings::add);
    boolean isDirty = findings.stream().anyMatch(finding -> finding.kind().equals("dirty"));
    assertTrue(isDirty || findings.isEmpty(), () -> "clean with " + findings);
    compare(container, findings);
    return failed;
  }

  private static List<String> options(String kind, Random random) {
    List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC"));
    if (kind.equals("heap")) {
      options.add("-Xmx" + (24 + random.nextInt(177)) + "m");
    } else {
      options.add("-Xmx100m");
      options.add("-XX:MaxDirectMemorySize=2m");
      options.add("-Djdk.nio.maxCachedBufferSize=4096");
    }
    return options;
  }

  private int read(Path journal) throws IOException {
    wanted.clear();
    closed.clear();
    readable.clear();
    int failed = 0;
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
        closed.clear();
      }
    }
    return failed;
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
