package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.testing.ChildJvm;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.SeededRandom;
import dev.tcplay.volume.HiddenVolumes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever watches the host sees the same transfers, byte range for byte range, whether the outer
 * volume that is used has a hidden one in it or not.
 */
class HiddenTransfersTest {

  private static final int SIZE = 4 << 20;
  private static final int SLOT = 65_536;

  @TempDir private Path folder;

  private static List<String> seen(Path container, Object... keys) throws Exception {
    Object[] arguments = new Object[keys.length + 1];
    arguments[0] = container;
    System.arraycopy(keys, 0, arguments, 1, keys.length);
    List<String> options = List.of("-XX:ActiveProcessorCount=1");
    return ChildJvm.main(options, HiddenWatch.class, arguments).lines().toList();
  }

  private void assertSame(Path with, Path without, Object... keys) throws Exception {
    List<String> seen = seen(with, keys);
    assertLinesMatch(seen(without, keys), seen);
    long transfers = seen.stream().filter(line -> line.matches("(read|write) .*")).count();
    assertTrue(transfers > 100, seen::toString);
    System.out.println(transfers + " transfers");
  }

  private Path create(String format, Keys outer, Keys hidden) throws IOException {
    Path with = folder.resolve("with.hc");
    SeededRandom random = new SeededRandom(31);
    Tcplay.create(with).format(format).size(SIZE).keys(outer).random(random).create();
    Files.copy(with, folder.resolve("without.hc"));
    HiddenVolumes.create(with, format, outer, hidden, SIZE / 2, random);
    return with;
  }

  @ParameterizedTest
  @CsvSource({"TrueCrypt, 0", "VeraCrypt, 1"})
  void ofContainersThatWeMake(String format, int pim) throws Exception {
    try (Keys outer = HiddenWatch.keys("outer", "sha512", "AES", pim);
        Keys hidden = HiddenWatch.keys("hidden", "whirlpool", "Serpent", pim)) {
      Path with = create(format, outer, hidden);
      assertSame(with, folder.resolve("without.hc"), "outer", "sha512", "AES", pim, "false");
      Tcplay.open(with).format(format).keys(hidden).hidden(true).open().close();
    }
  }

  @Test
  void ofAContainerThatVeraCryptMade() throws Exception {
    Path image = GenuineImages.folder("veracrypt").resolve("aes-twofish-serpent-sha512-hidden.hc");
    assertSameWithoutHiddenHeaders(
        Files.copy(image, folder.resolve("with.hc")),
        "outer horse battery staple",
        "sha512",
        "AES-Twofish-Serpent",
        1,
        "false");
  }

  @Test
  void ofAContainerThatTrueCryptMade() throws Exception {
    String image = "tc_5-sha512-xts-serpent-twofish-aes-hidden";
    String cipher = "Serpent-Twofish-AES";
    Path copy =
        Files.copy(GenuineImages.folder("truecrypt").resolve(image), folder.resolve("with.hc"));
    try (Keys keys = HiddenWatch.keys("aaaaaaaaaaaa", "sha512", cipher, 0)) {
      Tcplay.open(copy).keys(keys).makeFileSystem(new NewFileSystem()); // its own was wiped
    }
    assertSameWithoutHiddenHeaders(copy, "aaaaaaaaaaaa", "sha512", cipher, 0, "false");
  }

  /** The other one is the same container with noise in the places of the hidden headers. */
  private void assertSameWithoutHiddenHeaders(Path with, Object... keys) throws Exception {
    Path without = Files.copy(with, folder.resolve("without.hc"));
    byte[] noise = new byte[SLOT];
    new SeededRandom(32).nextBytes(noise);
    try (RandomAccessFile file = new RandomAccessFile(without.toFile(), "rw")) {
      file.seek(SLOT);
      file.write(noise);
      file.seek(file.length() - SLOT);
      file.write(noise);
    }
    assertSame(with, without, keys);
  }

  @Test
  void theWatchTellsTheUseOfTheHiddenVolumeFromThatOfTheOuterOne() throws Exception {
    try (Keys outer = HiddenWatch.keys("outer", "sha512", "AES", 1);
        Keys hidden = HiddenWatch.keys("hidden", "sha512", "AES", 1)) {
      Path with = create("VeraCrypt", outer, hidden);
      assertNotEquals(
          seen(with, "outer", "sha512", "AES", 1, "false"),
          seen(with, "hidden", "sha512", "AES", 1, "true"));
    }
  }
}
