package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForbiddenWriteException;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.ProtectedRange;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hidden volumes that are protected, in containers made here. */
class HiddenVolumePlaceTest {

  private static final int SIZE = 1 << 20;
  private static final int START = 131_072 + 200 * 512;
  private static final int LENGTH = 1 << 17;
  private static final byte[] OUTER_KEYFILE = {1, 2, 3};
  private static final byte[] HIDDEN_KEYFILE = {4, 5, 6, 7};

  @TempDir Path folder;

  private static Keys outerKeys() {
    return Keys.builder().password("outer").keyfile(OUTER_KEYFILE).pim(2).hash("sha512").build();
  }

  private static Keys hiddenKeys(int pim, byte... keyfile) {
    return Keys.builder().password("hidden").keyfile(keyfile).pim(pim).hash("sha256").build();
  }

  /** Makes a container of VeraCrypt with a hidden header, of other keys and another chain. */
  private Path container() throws IOException {
    Path file = folder.resolve("both.hc");
    try (Keys outer = outerKeys()) {
      Tcplay.create(file).size(SIZE).keys(outer).quick(true).create();
    }
    HeaderFamily family = HeaderFamily.VERACRYPT;
    CipherSuite suite = family.suite(CipherMode.XTS, CipherChain.parse("Serpent"));
    byte[] keyArea = MasterKeys.create(suite, 256, new SecureRandom());
    VolumeHeader fields =
        new VolumeHeader(
            VolumeFormat.VERACRYPT, 5, 0x010B, 0, 0, LENGTH, LENGTH, START, LENGTH, 0, 512);
    byte[] plaintext = family.codec().encode(fields, keyArea);
    HeaderSealer sealer =
        new HeaderSealer(family.costs().kdf(Prf.SHA256, 3), suite, 64, new SecureRandom());
    try (Keys keys = hiddenKeys(3, HIDDEN_KEYFILE);
        Secrets secrets = Secrets.of(keys);
        BlockDevice host = FileDevice.open(file, HostOpen.writing())) {
      List<byte[]> headers =
          sealer.seal(2, plaintext, VolumeFormat.VERACRYPT, secrets, file.toString());
      host.write(TrueCryptLayout.SLOT, headers.get(0), 0, 512);
      host.write(SIZE - TrueCryptLayout.SLOT, headers.get(1), 0, 512);
      host.flush();
    }
    return file;
  }

  @Test
  void keyfilesAndPimsOfBothSidesCount() throws IOException {
    Path file = container();
    try (Keys outer = outerKeys();
        Keys hidden = hiddenKeys(3, HIDDEN_KEYFILE);
        Keys otherPim = hiddenKeys(2, HIDDEN_KEYFILE);
        Keys otherKeyfile = hiddenKeys(3, OUTER_KEYFILE)) {
      ContainerOpener opener = Tcplay.open(file).keys(outer).readOnly(true);
      for (boolean backup : new boolean[] {false, true}) {
        opener.backupHeader(backup);
        try (OpenContainer opened = opener.protectHidden(hidden).open()) {
          assertEquals(
              new ProtectedRange(START, LENGTH), opened.info().protectedRange().orElseThrow());
        }
        for (Keys wrong : List.of(otherPim, otherKeyfile)) {
          assertThrows(WrongPasswordException.class, opener.protectHidden(wrong)::open);
        }
      }
    }
  }

  @Test
  void bothHeadersMayStandInAFile() throws IOException {
    Path file = container();
    byte[] bytes = Files.readAllBytes(file);
    Path headers = Files.write(folder.resolve("headers"), Arrays.copyOf(bytes, 131_072));
    Path bare = Files.write(folder.resolve("bare"), Arrays.copyOf(bytes, 512));
    Arrays.fill(bytes, 0, 131_072, (byte) 0x33);
    Files.write(file, bytes);
    try (Keys outer = outerKeys();
        Keys hidden = hiddenKeys(3, HIDDEN_KEYFILE)) {
      ContainerOpener opener = Tcplay.open(file).keys(outer).protectHidden(hidden);
      try (OpenContainer opened = opener.headerFile(headers).open()) {
        assertEquals(START, opened.info().protectedRange().orElseThrow().start());
      }
      assertThrows(WrongPasswordException.class, opener.headerFile(bare)::open);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theRangeMovesWithTheContainerAndTheGuardStays(boolean partition) throws IOException {
    byte[] container = Files.readAllBytes(container());
    byte[] disk = new byte[SIZE + 4096];
    ByteBuffer entry = ByteBuffer.wrap(disk, 446, 66).order(ByteOrder.LITTLE_ENDIAN);
    entry.putInt(0).putInt(7).putInt(4096 / 512).putInt(SIZE / 512).putShort(510, (short) 0xAA55);
    System.arraycopy(container, 0, disk, 4096, SIZE);
    Path image = Files.write(folder.resolve("disk.img"), disk);
    List<String> told = new ArrayList<>();
    try (Keys outer = outerKeys();
        Keys hidden = hiddenKeys(3, HIDDEN_KEYFILE);
        OpenContainer opened =
            (partition ? Tcplay.open(image).partition(1) : Tcplay.open(image).offset(4096))
                .keys(outer)
                .protectHidden(hidden)
                .protectionListener(
                    what -> {
                      told.add(what);
                      throw new IllegalStateException("by the test");
                    })
                .open()) {
      BlockDevice device = opened.device();
      int start = START - 131_072;
      device.write(start - 512, new byte[512], 0, 512);
      device.write(start + LENGTH, new byte[512], 0, 512);
      ForbiddenWriteException refused =
          assertThrows(
              ForbiddenWriteException.class,
              () -> device.write(start + LENGTH - 1, new byte[2], 0, 2));
      assertEquals("by the test", refused.getSuppressed()[0].getMessage());
      assertEquals(List.of(refused.getReason()), told);
      assertThrows(ForbiddenWriteException.class, () -> device.write(0, new byte[1], 0, 1));
      assertEquals(1, told.size());
      assertTrue(
          opened.warnings().stream().anyMatch(each -> each.endsWith(refused.getReason())),
          () -> opened.warnings().toString());
    }
    byte[] after = Files.readAllBytes(image);
    assertArrayEquals(
        Arrays.copyOfRange(container, START, START + LENGTH),
        Arrays.copyOfRange(after, 4096 + START, 4096 + START + LENGTH));
  }

  @Test
  void aFormatThatWouldReachIntoTheRangeWritesNothing() throws Exception {
    Path file = folder.resolve("old.tc");
    new VolumeBuilder()
        .format(VolumeFormat.TRUECRYPT)
        .headerVersion(3)
        .password("outer")
        .size(SIZE)
        .create(file);
    try (BlockDevice host = FileDevice.open(file, HostOpen.writing())) {
      HiddenVolume.aes(CipherMode.XTS, 3)
          .put(host, "hidden".getBytes(StandardCharsets.UTF_8), new byte[SIZE - 4096]);
      host.flush();
    }
    byte[] before = Files.readAllBytes(file);
    try (Keys hidden = Keys.of("hidden")) {
      ContainerOpener opener =
          Tcplay.open(file).password("outer").format("TrueCrypt").protectHidden(hidden);
      FileSystemException refused =
          assertThrows(FileSystemException.class, () -> opener.makeFileSystem(new NewFileSystem()));
      assertTrue(refused.getReason().startsWith("nothing was written"), refused.getReason());
      assertEquals(file.toString(), refused.getFile());
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }
}
