package dev.tcplay.fs.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever bytes an archive has, reading it ends, and with nothing worse than an IOException that
 * says why. The system property {@code tcplay.archive.mutants} sets how many mutants of each format
 * are tried.
 */
class MutationTest {

  private static final int MUTANTS = Integer.getInteger("tcplay.archive.mutants", 300);
  private static final int MOST_BYTES = 1 << 16;

  @ParameterizedTest
  @EnumSource
  void mutantsAreReadOrRefused(MadeArchives format) throws IOException {
    Random random = new Random(Seeds.of("mutantsAreReadOrRefused " + format));
    byte[] sound = format.bytes();
    int mounted = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      long seed = random.nextLong();
      byte[] bytes = mutate(sound, new Random(seed));
      try {
        mounted += read(bytes) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(format + " mutant " + mutant + " of seed " + seed, e);
      }
    }
    int count = mounted;
    assertTrue(count > MUTANTS / 20, () -> "only " + count + " mutants were mounted");
  }

  private static boolean read(byte[] bytes) throws IOException {
    try (MountedVolume volume =
        new ArchiveDriver().mount(MadeArchives.device(bytes), MountOptions.DEFAULT)) {
      new TreeReader(volume, MOST_BYTES).read();
      return true;
    } catch (IOException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), e::toString);
      return false;
    }
  }

  /** Changes few bytes, mostly to values that fields mind, cuts, repeats or moves a piece. */
  private static byte[] mutate(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    switch (random.nextInt(8)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> {
        int length = 1 + random.nextInt(Math.min(600, bytes.length - 1));
        int from = random.nextInt(bytes.length - length);
        int to = random.nextInt(bytes.length - length);
        System.arraycopy(sound, from, bytes, to, length);
      }
      case 2 -> {
        return Arrays.copyOf(bytes, bytes.length + random.nextInt(5000));
      }
      default -> {
        boolean isTar = bytes.length > 600 && bytes[257] == 'u';
        for (int i = random.nextInt(4); i >= 0; i--) {
          int at = random.nextBoolean() ? random.nextInt(bytes.length) : edge(bytes, random);
          bytes[at] = value(bytes[at], random);
          if (isTar && random.nextInt(4) > 0) {
            repairSum(bytes, at / 512 * 512);
          }
        }
        if (bytes[0] == '7' && random.nextInt(4) > 0) {
          repairSums(bytes);
        }
      }
    }
    return bytes;
  }

  /** Lists are at the start or the end of archives. */
  private static int edge(byte[] bytes, Random random) {
    int offset = random.nextInt(Math.min(700, bytes.length));
    return random.nextBoolean() ? offset : bytes.length - 1 - offset;
  }

  private static byte value(byte old, Random random) {
    int[] values = {0, 1, 0x7F, 0x80, 0xFF, '0', '7', '9', '/', '.', old ^ 1 << random.nextInt(8)};
    return (byte) values[random.nextInt(values.length)];
  }

  /** The list of a 7z, which is at its end, and what leads to it have checksums. */
  private static void repairSums(byte[] bytes) {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long start = 32 + all.getLong(12);
    long size = all.getLong(20);
    if (start >= 32 && size >= 0 && start <= bytes.length && size <= bytes.length - start) {
      all.putInt(28, sum(bytes, (int) start, (int) size));
    }
    all.putInt(8, sum(bytes, 12, 20));
  }

  private static int sum(byte[] bytes, int offset, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, offset, length);
    return (int) sum.getValue();
  }

  private static void repairSum(byte[] bytes, int block) {
    if (block + 512 > bytes.length) {
      return;
    }
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : bytes[block + i] & 0xFF;
    }
    byte[] text = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    assertEquals(8, text.length);
    System.arraycopy(text, 0, bytes, block + 148, 8);
  }
}
