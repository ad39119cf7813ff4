package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nothing in a volume tells what it is. */
class VolumeNoiseTest extends BuiltVolumes {

  @Test
  void headerAndBackupHaveOnePlaintextAndTwoSalts() throws IOException {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.create(file);
    OpenedVolume normal = open(file, small(UnlockRequest.builder()));
    OpenedVolume backup = open(file, small(UnlockRequest.builder()).backupHeader(true));
    normal.plaintext().close();
    backup.plaintext().close();
    assertEquals(normal.info(), backup.info());
    byte[] bytes = Files.readAllBytes(file);
    int backupAt = bytes.length - 131_072;
    assertFalse(Arrays.equals(bytes, 0, 64, bytes, backupAt, backupAt + 64));
    assertFalse(Arrays.equals(bytes, 64, 512, bytes, backupAt + 64, backupAt + 512));
  }

  @Test
  void everySectorOfAnEmptyVolumeIsNoise() throws IOException {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.create(file);
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(VolumeSizes.MIN_SIZE, bytes.length);
    for (int at = 0; at < bytes.length; at += 512) {
      long distinct = distinctBytes(bytes, at);
      // 512 random bytes have 221 distinct values on average, with a deviation of 6.
      assertTrue(distinct > 160, "sector at " + at + " has only " + distinct + " distinct bytes");
    }
  }

  private static long distinctBytes(byte[] bytes, int from) {
    return IntStream.range(from, from + 512).map(i -> bytes[i]).distinct().count();
  }

  @Test
  void theHiddenHeadersOfANewVolumeDoNotOpen() throws IOException {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.create(file);
    assertThrows(
        WrongPasswordException.class,
        () -> open(file, small(UnlockRequest.builder()).hidden(true)));
  }

  @Test
  void quickLeavesTheRestOfTheDataAreaZero() throws IOException {
    Path image = randomFile(1000);
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.contents(image).quick(true).create(file);
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length - 131_072;
    assertTrue(distinctBytes(bytes, 131_072 + 512) > 160);
    assertArrayEquals(
        new byte[end - 132_096], Arrays.copyOfRange(bytes, 132_096, end), "after the contents");
  }

  @Test
  void twoVolumesShareNoSaltAndNoKey() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    VolumeBuilder builder = small();
    builder.contents(randomFile(36_864));
    builder.create(first);
    builder.create(second);
    byte[] one = Files.readAllBytes(first);
    byte[] two = Files.readAllBytes(second);
    for (int at = 0; at < one.length; at += 512) {
      assertNotEquals(-1, Arrays.mismatch(one, at, at + 512, two, at, at + 512));
    }
  }
}
