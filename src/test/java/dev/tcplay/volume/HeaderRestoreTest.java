package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Headers that are restored, from a file and from their backup. */
class HeaderRestoreTest extends StoredHeaders {

  @Test
  void aFileOfHeadersRestoresBothHeaders() throws IOException {
    byte[] data = plaintext(before, by(old));
    Path headers = folder.resolve("headers");
    try (FileDevice host = FileDevice.open(file, HostOpen.writing())) {
      with(host, by(old), store -> store.backUp(headers, false));
      byte[] copy = Files.readAllBytes(headers);
      assertArrayEquals(Arrays.copyOf(before, 131_072), copy);
      assertThrows(
          FileAlreadyExistsException.class,
          () -> with(host, by(old), store -> store.backUp(headers, false)));
      host.write(0, new byte[512], 0, 512);
      host.write(BACKUP, new byte[512], 0, 512);
      host.flush();
    }
    assertEquals(null, plaintext(Files.readAllBytes(file), by(old)));
    try (FileDevice host = FileDevice.open(file, HostOpen.writing())) {
      with(host, by(old).headerFile(headers), HeaderStore::restore);
    }
    byte[] after = Files.readAllBytes(file);
    assertArrayEquals(data, plaintext(after, by(old)));
    assertArrayEquals(data, plaintext(after, by(old).backupHeader(true)));
    assertOnlySlotsDiffer(before, after);
    assertFalse(Arrays.equals(before, 0, 64, after, 0, 64), "the salt is a new one");
  }

  /** The headers of the host, which did not open, may be noise. */
  @Test
  void whatAFileOfHeadersOpenedIsCopiedOnceItIsRestored() throws IOException {
    Path headers = folder.resolve("headers");
    Path copy = folder.resolve("copy");
    byte[] image = before.clone();
    try (BlockDevice host = device(image)) {
      with(host, by(old), store -> store.backUp(headers, false));
      host.write(0, new byte[512], 0, 512);
      with(
          host,
          by(old).headerFile(headers),
          store -> {
            assertThrows(FileSystemException.class, () -> store.backUp(copy, false));
            assertFalse(Files.exists(copy));
            store.restore();
            store.backUp(copy, false);
          });
      host.write(0, new byte[512], 0, 512);
      assertArrayEquals(
          plaintext(before, by(old)), plaintext(bytes(host), by(old).headerFile(copy)));
    }
  }

  @Test
  void theBackupRestoresTheHeader() throws IOException {
    byte[] image = before.clone();
    Arrays.fill(image, 0, 512, (byte) 0);
    try (BlockDevice host = device(image)) {
      with(host, by(old).backupHeader(true), HeaderStore::restore);
      assertArrayEquals(plaintext(before, by(old)), plaintext(bytes(host), by(old)));
    }
  }

  @Test
  void whereverARestoreIsCutAHeaderOpens() throws IOException {
    byte[] data = plaintext(before, by(old));
    byte[] image = before.clone();
    Arrays.fill(image, 0, 512, (byte) 0);
    try (UnforcedDevice host =
        new UnforcedDevice(device(image), Seeds.of("HeaderRestoreTest"), 8)) {
      with(host, by(old).backupHeader(true), HeaderStore::restore);
      for (byte[] moment : host.moments()) {
        byte[] found = plaintext(moment, by(old));
        assertArrayEquals(
            data, found == null ? plaintext(moment, by(old).backupHeader(true)) : found);
      }
    }
  }

  @Test
  void whatIsNotWholeIsNotWritten() throws IOException {
    byte[] shorter = Arrays.copyOf(before, SIZE - 512);
    byte[] longer = Arrays.copyOf(before, SIZE + 512);
    for (byte[] image : List.of(shorter, longer)) {
      try (BlockDevice host = device(image)) {
        assertThrows(FileSystemException.class, () -> with(host, by(old), HeaderStore::restore));
        assertArrayEquals(image, bytes(host));
      }
    }
    try (FileDevice host = FileDevice.open(file, HostOpen.reading())) {
      assertThrows(
          AccessDeniedException.class,
          () ->
              with(
                  host,
                  by(old),
                  store ->
                      store.reseal(changed, Optional.empty(), Optional.empty(), advice -> {})));
    }
  }

  /** A stop of the writing must not end the only header that opens. */
  @Test
  void ofAFileTheOnlyHeaderThatOpensIsWrittenLast() throws IOException {
    Path headers = folder.resolve("headers");
    byte[] data = plaintext(before, by(old));
    for (int lost : List.of(0, BACKUP)) {
      try (BlockDevice host = device(before)) {
        Files.deleteIfExists(headers);
        with(host, by(old), store -> store.backUp(headers, false));
        host.write(lost, new byte[512], 0, 512);
        List<byte[]> states = new ArrayList<>();
        BlockDevice watched =
            new DelegatingDevice(host) {
              @Override
              public void flush() throws IOException {
                super.flush();
                states.add(bytes(host));
              }
            };
        with(watched, by(old).headerFile(headers), HeaderStore::restore);
        assertTrue(states.size() >= 6);
        for (byte[] state : states) {
          byte[] found = plaintext(state, by(old));
          byte[] there = found == null ? plaintext(state, by(old).backupHeader(true)) : found;
          assertArrayEquals(data, there, "lost at " + lost);
        }
      }
    }
  }
}
