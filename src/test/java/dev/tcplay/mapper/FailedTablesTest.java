package dev.tcplay.mapper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.model.Encryption;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.testing.ChildJvm;
import dev.tcplay.testing.HeapDump;
import dev.tcplay.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables that cannot be made leave no key in the heap, not even in an array that nothing refers to
 * any more. That such an array is found shows one that is left on purpose.
 */
class FailedTablesTest {

  private static final int KEY_BYTES = 32;
  private static final int VOLUME_KEYS = 4;

  /** What there is: a key that is left, one of two parts in a text, and those of a volume. */
  private static final List<String> NAMES =
      List.of("left", "text 0", "text 1", "volume 0", "volume 1", "volume 2", "volume 3");

  @TempDir private Path folder;

  private static byte[] keys(long seed) {
    byte[] keys = new byte[NAMES.size() * KEY_BYTES];
    new Random(seed).nextBytes(keys);
    return keys;
  }

  @Test
  void leaveNoKeyInTheHeap() throws Exception {
    long seed = Seeds.of("FailedTablesTest");
    Path dump = folder.resolve("heap.hprof");
    List<String> options = List.of("-Xmx64m", "-XX:+UseSerialGC");
    System.out.print(ChildJvm.main(options, FailedTablesTest.class, seed, dump));
    Map<String, byte[]> needles = new HashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      byte[] key = Arrays.copyOfRange(keys(seed), i * KEY_BYTES, (i + 1) * KEY_BYTES);
      needles.put(NAMES.get(i), key);
    }
    assertEquals(Set.of("left"), HeapDump.find(dump, needles));
  }

  /** Runs in a JVM of its own. */
  public static void main(String[] arguments) throws Exception {
    byte[] keys = keys(Long.parseLong(arguments[0]));
    System.out.println("left: " + Arrays.copyOf(keys, KEY_BYTES).length);
    // A text with a word that is not UTF-8 behind the key.
    String text = HexFormat.of().formatHex(keys, KEY_BYTES, 3 * KEY_BYTES);
    byte[] line =
        ("0 8 crypt aes-xts-plain64 " + text + " 0 \u00E0 0").getBytes(StandardCharsets.ISO_8859_1);
    fails(() -> Table.parse(line));
    // A name that only the last device has, which no device may have.
    byte[] volumeKey = Arrays.copyOfRange(keys, 3 * KEY_BYTES, (3 + VOLUME_KEYS) * KEY_BYTES);
    fails(() -> VolumeTables.of("control", volume(), volumeKey, "/dev/x", 0));
    Arrays.fill(volumeKey, (byte) 0);
    Arrays.fill(keys, (byte) 0);
    HeapDump.writeAll(Path.of(arguments[1]));
  }

  private static VolumeInfo volume() {
    Encryption encryption = new Encryption("sha512", 1, 0, "AES-Twofish", "xts", "plain64");
    return new VolumeInfo("VeraCrypt", Optional.of(encryption), "normal", 4096, 4096, 8, 512);
  }

  /** Something that cannot be. */
  private interface Attempt {
    Object run() throws Exception;
  }

  private static void fails(Attempt attempt) throws Exception {
    try {
      throw new AssertionError(attempt.run());
    } catch (MalformedTableException | IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }
}
