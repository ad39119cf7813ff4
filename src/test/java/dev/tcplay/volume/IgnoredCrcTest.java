package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A header whose CRC is wrong opens when that is asked for, to be read and to be mended. */
class IgnoredCrcTest extends StoredHeaders {

  private static final int VERSION = 68;
  private static final int SCOPE_START = 108;
  private static final int HEADER_CRC = 252;
  private static final int KEY_AREA = 256;

  private byte[] with(Consumer<ByteBuffer> change) throws Exception {
    return ModifiedHeader.of(before, old, change);
  }

  private byte[] asTcplayModifies() throws Exception {
    return ModifiedHeader.asTcplayDoes(before, old);
  }

  private OpenedVolume open(byte[] image) throws IOException {
    try (UnlockRequest request = by(old).ignoreHeaderCrc(true).build()) {
      return Unlocker.open(device(image), "host", request);
    }
  }

  private void assertRefused(byte[] image, String part) {
    CorruptHeaderException e =
        assertThrows(
            CorruptHeaderException.class,
            () -> {
              try (UnlockRequest request = by(old).build()) {
                Unlocker.open(device(image), "host", request);
              }
            });
    assertTrue(
        e.getReason().startsWith("wrong CRC in the normal header, over its " + part + ";"),
        e.getReason());
    int backup = e.getReason().indexOf("--backup-header");
    assertTrue(backup > 0 && e.getReason().indexOf("--ignore-header-crc") > backup, e.getReason());
  }

  @Test
  void aHeaderThatTcplayModifiedOpensReadOnlyWithAWarning() throws Exception {
    byte[] image = asTcplayModifies();
    assertRefused(image, "fields");
    OpenedVolume opened = open(image);
    try (BlockDevice volume = opened.plaintext()) {
      assertTrue(volume.isReadOnly());
      assertThrows(NonWritableChannelException.class, () -> volume.write(0, new byte[512], 0, 512));
      byte[] first = new byte[4096];
      volume.read(0, first, 0, first.length);
      assertArrayEquals(plaintext(before, by(old)), first);
    }
    assertEquals(
        List.of(
            "the CRC over the fields of the normal header is wrong and was ignored: what they say of"
                + " sizes and places may be wrong too; the volume is read-only"),
        opened.warnings());
  }

  @Test
  void theOptionIsThatOfEveryOpening() throws Exception {
    Files.write(file, asTcplayModifies());
    assertThrows(
        CorruptHeaderException.class, () -> Tcplay.open(file).keys(old).backupHeader(false).open());
    try (OpenContainer whole = Tcplay.open(file).keys(old).open()) {
      assertFalse(whole.device().isReadOnly(), "its backup opens it");
    }
    try (OpenContainer container = Tcplay.open(file).keys(old).ignoreHeaderCrc(true).open()) {
      assertTrue(container.device().isReadOnly());
      assertEquals(1, container.warnings().size());
    }
    try (FileSystem volume =
        FileSystems.newFileSystem(file, Map.of("keys", old, "ignoreHeaderCrc", "true"))) {
      assertTrue(volume.isReadOnly());
    }
    assertThrows(
        AccessDeniedException.class,
        () ->
            Tcplay.open(file).keys(old).ignoreHeaderCrc(true).makeFileSystem(new NewFileSystem()));
  }

  @Test
  void theWarningTellsOfWrongKeys() throws Exception {
    byte[] keys = with(header -> header.put(KEY_AREA + 200, (byte) ~header.get(KEY_AREA + 200)));
    assertRefused(keys, "key area");
    OpenedVolume opened = open(keys);
    opened.plaintext().close();
    assertTrue(opened.warnings().get(0).contains("its keys may be wrong too"));
    byte[] both = with(header -> header.putInt(HEADER_CRC, 7).putInt(KEY_AREA - 184, 9));
    assertRefused(both, "fields and key area");
    open(both).plaintext().close();
  }

  @Test
  void fieldsMustBeLawfulAllTheSame() throws Exception {
    byte[] version = with(header -> header.putShort(VERSION, (short) 9));
    assertTrue(
        assertThrows(CorruptHeaderException.class, () -> open(version))
            .getReason()
            .startsWith("header version 9"));
    byte[] start = with(header -> header.putLong(SCOPE_START, 77));
    assertTrue(
        assertThrows(CorruptHeaderException.class, () -> open(start))
            .getReason()
            .startsWith("encrypted area start 77"));
  }

  @Test
  void aSoundHeaderOpensAsEverAndCanBeWritten() throws Exception {
    OpenedVolume opened = open(before);
    try (BlockDevice volume = opened.plaintext()) {
      assertTrue(!volume.isReadOnly() && opened.warnings().isEmpty());
    }
  }

  @Test
  void whoAsksHasTheHeaderWrittenWithRightCrcs() throws Exception {
    byte[] image = asTcplayModifies();
    byte[] data = plaintext(before, by(old));
    try (BlockDevice host = device(image)) {
      assertThrows(CorruptHeaderException.class, () -> with(host, by(old), HeaderStore::restore));
      assertArrayEquals(image, bytes(host));
      with(host, by(old).ignoreHeaderCrc(true), HeaderStore::restore);
      byte[] restored = bytes(host);
      assertArrayEquals(data, plaintext(restored, by(old)));
      assertArrayEquals(data, plaintext(restored, by(old).backupHeader(true)));
      assertOnlySlotsDiffer(image, restored);
    }
    try (BlockDevice host = device(image)) {
      with(
          host,
          by(old).ignoreHeaderCrc(true),
          store -> store.reseal(changed, Optional.empty(), Optional.empty(), advice -> {}));
      assertArrayEquals(data, plaintext(bytes(host), by(changed)));
      assertEquals(null, plaintext(bytes(host), by(old)));
    }
  }

  /** cryptsetup refuses what tcplay left, and takes what we made of it. */
  @Test
  void cryptsetupTakesWhatWasMended() throws Exception {
    Files.write(file, asTcplayModifies());
    Judge.Verdict refused = dump();
    assertTrue(refused.status() != 0, refused.output());
    try (FileDevice host = FileDevice.open(file, HostOpen.writing())) {
      with(host, by(old).ignoreHeaderCrc(true), HeaderStore::restore);
    }
    Judge.Verdict taken = dump();
    assertEquals(0, taken.status(), taken.output());
    assertTrue(taken.output().contains("aes"), taken.output());
  }

  private Judge.Verdict dump() throws Exception {
    Judge.run("cryptsetup", "--version"); // skips the test where there is none
    String command =
        "printf 'old password' | cryptsetup tcryptDump -q -c aes -h sha512 --veracrypt"
            + " --veracrypt-pim 1 '%s'".formatted(file);
    return Judge.run("sh", "-c", command);
  }

  @Test
  void keysThatEqualTheirTweakKeysAreToldOf() throws Exception {
    byte[] image =
        with(
            header -> {
              byte[] key = new byte[32];
              Arrays.fill(key, (byte) 7);
              header.position(KEY_AREA).put(key).put(key);
              header.putInt(HEADER_CRC, 0);
            });
    OpenedVolume opened = open(image);
    opened.plaintext().close();
    assertEquals(2, opened.warnings().size());
    assertTrue(
        opened.warnings().get(1).startsWith("weak keys: of AES the key of the data equals"),
        opened.warnings()::toString);
  }
}
