package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.model.ProtectedRange;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A container that VeraCrypt made, with a hidden volume in it. */
abstract class HiddenContainer {

  private static final String OUTER = "outer horse battery staple";
  private static final String HIDDEN = "hidden horse battery staple";
  static final int HEADERS = 131_072;

  @TempDir Path folder;
  Path container;
  byte[] before;
  ProtectedRange range;
  final Keys hidden =
      Keys.builder().password(HIDDEN).pim(1).hash("whirlpool").cipher("Serpent-AES").build();

  @BeforeEach
  void copyContainer() throws IOException {
    Path genuine =
        GenuineImages.folder("veracrypt").resolve("aes-twofish-serpent-sha512-hidden.hc");
    container = Files.copy(genuine, folder.resolve("copy.hc"));
    before = Files.readAllBytes(container);
    VolumeInfo info;
    try (var opened = Tcplay.open(container).keys(hidden).hidden(true).readOnly(true).open()) {
      info = opened.info();
    }
    range = new ProtectedRange(info.dataOffset(), info.dataLength());
  }

  @AfterEach
  void wipe() {
    hidden.close();
  }

  ContainerOpener outer() {
    return opener(container);
  }

  static ContainerOpener opener(Path host) {
    return Tcplay.open(host).password(OUTER).pim(1).hash("sha512").cipher("AES-Twofish-Serpent");
  }

  byte[] hiddenBytes(byte[] host) {
    int start = (int) range.start();
    return Arrays.copyOfRange(host, start, start + (int) range.length());
  }

  void assertHiddenIntact() throws IOException {
    byte[] after = Files.readAllBytes(container);
    assertArrayEquals(hiddenBytes(before), hiddenBytes(after));
    int end = before.length - HEADERS;
    assertArrayEquals(Arrays.copyOf(before, HEADERS), Arrays.copyOf(after, HEADERS));
    assertArrayEquals(
        Arrays.copyOfRange(before, end, before.length),
        Arrays.copyOfRange(after, end, after.length));
  }
}
