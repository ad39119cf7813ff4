package dev.tcplay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.ExpandedVolume;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers grow, with what is in them. */
class ContainerExpansionTest {

  private static final int SIZE = 1 << 20;
  private static final int LARGER = 5 << 20;
  private static final int OVERHEAD = 262_144;

  @TempDir private Path folder;
  private final Keys keys =
      Keys.builder().password("p").pim(1).hash("sha512").cipher("AES").build();
  private final byte[] letter = new byte[300_000];
  private Path file;

  @BeforeEach
  void create() throws IOException {
    new Random(1).nextBytes(letter);
    file = folder.resolve("new.hc");
    Tcplay.create(file).size(SIZE).keys(keys).create();
    try (FileSystem volume = Tcplay.open(file).keys(keys).mount()) {
      Files.write(volume.getPath("/letter"), letter);
    }
  }

  private void assertWhole() throws IOException {
    for (boolean backup : new boolean[] {false, true}) {
      try (FileSystem volume =
          Tcplay.open(file).keys(keys).backupHeader(backup).readOnly(true).mount()) {
        assertArrayEquals(letter, Files.readAllBytes(volume.getPath("/letter")));
      }
    }
    HeaderInfo info = Tcplay.headers(file).keys(keys).info();
    assertEquals(HeaderInfo.Copy.EQUAL, info.backup());
    assertEquals(Files.size(file) - OVERHEAD, info.volume().dataLength());
  }

  private FileSystemException fails(String why, ContainerExpansion expansion, long size)
      throws IOException {
    byte[] before = Files.readAllBytes(file);
    FileSystemException failure =
        assertThrows(FileSystemException.class, () -> expansion.expand(size));
    assertTrue(failure.getMessage().contains(why), failure::getMessage);
    assertArrayEquals(before, Files.readAllBytes(file));
    return failure;
  }

  @Test
  void aFileSystemWhoseTableIsFullStaysAndTheMessageSaysSo() throws Exception {
    ExpandedVolume expanded = Tcplay.expand(file).keys(keys).expand(LARGER);
    assertEquals(LARGER, Files.size(file));
    assertEquals(LARGER, expanded.size());
    assertEquals(LARGER - OVERHEAD, expanded.dataLength());
    String unused = expanded.unused().orElseThrow();
    assertTrue(unused.contains("its table had room for "), unused);
    assertTrue(unused.contains("tcplay format"), unused);
    assertTrue(expanded.fileSystemSize().getAsLong() >= SIZE - OVERHEAD, expanded::toString);
    assertWhole();
    Tcplay.open(file).keys(keys).check(finding -> assertEquals(null, finding));
    fails("has that size already; its file system, FAT12", expansion(), LARGER);
    fails("room for no more clusters", expansion(), LARGER);
  }

  private ContainerExpansion expansion() {
    return Tcplay.expand(file).keys(keys);
  }

  @Test
  void aFileSystemWithASpareTableFillsTheVolume() throws Exception {
    Path image = folder.resolve("image");
    try (RandomAccessFile raw = new RandomAccessFile(image.toFile(), "rw")) {
      raw.setLength(LARGER - OVERHEAD);
    }
    Judge.Verdict made = Judge.run("mkfs.fat", "-F", "12", "-s", "4", image.toString());
    assertEquals(0, made.status(), made.output());
    byte[] volume = Files.readAllBytes(image);
    ByteBuffer boot = ByteBuffer.wrap(volume).order(ByteOrder.LITTLE_ENDIAN);
    boot.putShort(19, (short) ((SIZE - OVERHEAD) / 512));
    try (OpenContainer opened = Tcplay.open(file).keys(keys).open()) {
      opened.device().write(0, volume, 0, SIZE - OVERHEAD);
    }
    try (FileSystem mounted = Tcplay.open(file).keys(keys).mount()) {
      Files.write(mounted.getPath("/letter"), letter);
    }
    ExpandedVolume expanded = expansion().expand(LARGER);
    int data = LARGER - OVERHEAD;
    assertEquals(
        new ExpandedVolume(LARGER, data, OptionalLong.of(data), Optional.empty()), expanded);
    byte[] more = new byte[data - 500_000];
    try (FileSystem mounted = Tcplay.open(file).keys(keys).mount()) {
      Files.write(mounted.getPath("/more"), more);
    }
    assertWhole();
    try (OpenContainer opened = Tcplay.open(file).keys(keys).readOnly(true).open()) {
      byte[] bytes = new byte[data];
      opened.device().read(0, bytes, 0, data);
      Files.write(image, bytes);
    }
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
    fails("has that size already", expansion(), LARGER);
  }

  @Test
  void cryptsetupReadsBothHeaders() throws Exception {
    Judge.run("cryptsetup", "--version"); // skips the test where there is none
    expansion().expand(LARGER);
    for (String backup : new String[] {"", "--tcrypt-backup"}) {
      String dump =
          "printf p | cryptsetup tcryptDump -q -c aes -h sha512 --veracrypt --veracrypt-pim 1 %s '%s'"
              .formatted(backup, file);
      Judge.Verdict verdict = Judge.run("sh", "-c", dump);
      assertEquals(0, verdict.status(), verdict.output());
      assertTrue(verdict.output().contains("MK offset:"), verdict.output());
    }
  }

  @Test
  void anInterruptLeavesTheFileAsItWas() throws IOException {
    ContainerExpansion expansion =
        expansion()
            .writeProgress(
                (written, total) -> {
                  assertEquals(LARGER - SIZE, total);
                  if (written > 1 << 20) {
                    Thread.currentThread().interrupt();
                  }
                });
    FileSystemException failure =
        assertThrows(FileSystemException.class, () -> expansion.expand(LARGER));
    assertTrue(Thread.interrupted());
    assertEquals("the volume is as it was: interrupted", failure.getReason());
    assertEquals(SIZE, Files.size(file));
    assertWhole();
    expansion().expand(LARGER);
    assertWhole();
  }

  @Test
  void whatAListenerThrowsEndsTheGrowth() throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThrows(
        IllegalStateException.class,
        () ->
            expansion()
                .writeProgress(
                    (written, total) -> {
                      throw new IllegalStateException();
                    })
                .expand(LARGER));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void aFileForWhichThereIsNoRoomIsAsItWas() throws IOException {
    try (FileSystem host =
        Jimfs.newFileSystem(Configuration.unix().toBuilder().setMaxSize(3 << 20).build())) {
      Path full = Files.copy(file, host.getPath("/full.hc"));
      file = full;
      fails("the volume is as it was", expansion(), LARGER);
      assertWhole();
      ExpandedVolume most = expansion().expandToMost();
      assertTrue(most.size() > 2 << 20 && most.size() < 3 << 20, most::toString);
      assertWhole();
    }
  }

  /** A file that somebody has made longer, or an earlier call that was killed. */
  @Test
  void aFileThatIsLongerThanItsVolumeIsFilledToItsEnd() throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(LARGER);
    }
    fails("at least: its backup headers stand at the end", expansion(), LARGER - 512);
    assertEquals(LARGER, expansion().expandToMost().size());
    assertWhole();
  }

  /** The header is lost when the writing of it is cut; only the backup opens then. */
  @Test
  void aGrowthThatWasCutInTheHeaderIsEnded() throws IOException {
    expansion().expand(LARGER);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.write(new byte[512]);
    }
    fails("restore the header first", expansion(), LARGER + SIZE);
    assertEquals(LARGER, expansion().expand(LARGER).size());
    assertWhole();
  }

  @Test
  void whatCannotGrowIsRefused() throws IOException {
    fails("is not made smaller", expansion(), SIZE - 512);
    fails("has that size already", expansion(), SIZE);
    fails("must not touch", expansion(), SIZE + 512);
    assertThrows(IllegalArgumentException.class, () -> expansion().expand(LARGER + 1));
    assertThrows(IllegalArgumentException.class, () -> expansion().expand(-1));
    assertThrows(IllegalArgumentException.class, () -> expansion().headerFile(file).expand(LARGER));
    assertThrows(
        WrongPasswordException.class,
        () -> Tcplay.expand(file).keys(Keys.of("x").with(keys)).expand(LARGER));
    try (OpenContainer opened = Tcplay.open(file).keys(keys).open()) {
      assertTrue(opened.device().size() > 0);
      assertThrows(HostInUseException.class, () -> expansion().expand(LARGER));
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    if (!Files.isWritable(file)) {
      assertThrows(AccessDeniedException.class, () -> expansion().expand(LARGER));
    }
  }

  @Test
  void aContainerBehindAnOffsetGrows() throws IOException {
    byte[] all = Files.readAllBytes(file);
    byte[] shifted = new byte[4096 + all.length];
    System.arraycopy(all, 0, shifted, 4096, all.length);
    Files.write(file, shifted);
    assertEquals(LARGER, expansion().offset(4096).expand(LARGER).size());
    assertEquals(4096 + LARGER, Files.size(file));
    byte[] grown = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOfRange(grown, 4096, grown.length));
    assertWhole();
  }
}
