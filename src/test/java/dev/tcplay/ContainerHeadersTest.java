package dev.tcplay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The headers of containers: told of, copied, restored. */
class ContainerHeadersTest {

  private static final int SIZE = 1 << 20;
  private static final int SLOTS = 131_072;

  @TempDir private Path folder;
  private final Keys keys =
      Keys.builder().password("sesame").pim(1).hash("sha512").cipher("AES").build();
  private Path file;
  private Path copy;

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("new.hc");
    copy = folder.resolve("headers");
    Tcplay.create(file).size(SIZE).keys(keys).label("LETTERS").create();
  }

  @AfterEach
  void wipe() {
    keys.close();
  }

  private ContainerHeaders headers() {
    return Tcplay.headers(file).keys(keys);
  }

  private void wipe(long position, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(length), position);
    }
  }

  private void assertMounts(boolean backup) throws IOException {
    try (FileSystem volume =
        Tcplay.open(file).keys(keys).backupHeader(backup).readOnly(true).mount()) {
      assertEquals("LETTERS", Files.getAttribute(volume.getPath("/"), "tcplay:label"));
    }
  }

  @Test
  void theBackupIsTheSlotsAndItsOwnersAlone() throws IOException {
    headers().backUp(copy);
    byte[] slots = new byte[SLOTS];
    System.arraycopy(Files.readAllBytes(file), 0, slots, 0, SLOTS);
    assertArrayEquals(slots, Files.readAllBytes(copy));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
    assertThrows(FileAlreadyExistsException.class, () -> headers().backUp(copy));
    headers().backupHeader(true).backUp(copy, true);
    System.arraycopy(Files.readAllBytes(file), SIZE - SLOTS, slots, 0, SLOTS);
    assertArrayEquals(slots, Files.readAllBytes(copy));
  }

  @Test
  void theContainerIsNeverReplacedByItsBackup() throws IOException {
    byte[] before = Files.readAllBytes(file);
    Path link = Files.createLink(folder.resolve("link"), file);
    for (Path target : List.of(file, link)) {
      assertThrows(FileSystemException.class, () -> headers().backUp(target, true));
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void whatIsReadOnlyOrReadByOthersIsCopiedButNotWritten() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    try (OpenContainer reader = Tcplay.open(file).keys(keys).readOnly(true).open()) {
      headers().backUp(copy);
      assertEquals(HeaderInfo.Copy.EQUAL, headers().info().backup());
      assertEquals(SLOTS, Files.size(copy));
      assertThrows(FileSystemException.class, () -> headers().headerFile(copy).restore());
      assertTrue(reader.device().isReadOnly());
    }
  }

  @Test
  void anOpenContainerIsNotRestored() throws IOException {
    byte[] before = Files.readAllBytes(file);
    try (OpenContainer reader = Tcplay.open(file).keys(keys).readOnly(true).open()) {
      assertThrows(HostInUseException.class, () -> headers().restore());
      assertTrue(reader.device().isReadOnly());
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void theHeaderIsRestoredFromItsBackupAndFromAFile() throws IOException {
    headers().backUp(copy);
    wipe(0, 512);
    assertThrows(WrongPasswordException.class, () -> headers().backupHeader(false).info());
    assertEquals(HeaderInfo.Copy.OPENED, headers().info().backup());
    headers().restore();
    assertMounts(false);
    wipe(0, 512);
    wipe(SIZE - SLOTS, 512);
    headers().headerFile(copy).restore();
    assertMounts(false);
    assertMounts(true);
    assertEquals(HeaderInfo.Copy.EQUAL, headers().info().backup());
  }

  @Test
  void aBareHeaderIsRestored() throws IOException {
    byte[] header = new byte[512];
    System.arraycopy(Files.readAllBytes(file), 0, header, 0, header.length);
    Files.write(copy, header);
    wipe(0, 512);
    headers().headerFile(copy).restore();
    assertMounts(false);
  }

  @Test
  void theHeaderOfAnotherContainerIsRestoredByForceOnly() throws IOException {
    Path other = folder.resolve("other.hc");
    Tcplay.create(other).size(SIZE).keys(keys).create();
    Tcplay.headers(other).keys(keys).backUp(copy);
    byte[] before = Files.readAllBytes(file);
    FileSystemException refusal =
        assertThrows(FileSystemException.class, () -> headers().headerFile(copy).restore());
    assertTrue(refusal.getReason().contains("nothing is recognised"), refusal::toString);
    assertArrayEquals(before, Files.readAllBytes(file));
    headers().headerFile(copy).restore(true);
    assertFalse(Arrays.equals(before, Files.readAllBytes(file)));
    assertEquals(HeaderInfo.Copy.EQUAL, headers().info().backup());
  }

  @Test
  void aHeaderWhoseFieldsDoNotFitIsNeverRestored() throws IOException {
    Path other = folder.resolve("other.hc");
    Tcplay.create(other).size(2 * SIZE).keys(keys).create();
    Tcplay.headers(other).keys(keys).backUp(copy);
    byte[] before = Files.readAllBytes(file);
    assertThrows(FileSystemException.class, () -> headers().headerFile(copy).restore(true));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void whatHasNoPairOfHeadersIsRefusedBeforeKeysAreLookedFor() {
    assertThrows(IllegalArgumentException.class, () -> Tcplay.headers(file).format("plain").info());
  }
}
