package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A header and its backup are changed as a pair, of which one always opens. */
abstract class StoredHeaders {

  static final int SIZE = (int) VolumeSizes.MIN_SIZE;
  static final int BACKUP = SIZE - 131_072;
  static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;
  final Keys old = keys("old password");
  final Keys changed = keys("new password");
  Path file;
  byte[] before;

  static Keys keys(String password) {
    return Keys.builder().password(password).pim(1).hash("sha512").cipher("AES").build();
  }

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("volume.hc");
    new VolumeBuilder().keys(old).size(SIZE).create(file);
    before = Files.readAllBytes(file);
  }

  @AfterEach
  void wipe() {
    old.close();
    changed.close();
  }

  /** A request that reads the header and, unless it is told to, no backup. */
  static UnlockRequest.Builder by(Keys keys) {
    return UnlockRequest.builder().keys(keys).format("VeraCrypt").hidden(false).backupHeader(false);
  }

  /** Something done with a store. */
  interface Work {
    void on(HeaderStore store) throws IOException;
  }

  static void with(BlockDevice host, UnlockRequest.Builder builder, Work work) throws IOException {
    try (UnlockRequest request = builder.build();
        HeaderStore store = HeaderStore.open(host, "host", request, RANDOM)) {
      work.on(store);
    }
  }

  static BlockDevice device(byte[] image) throws IOException {
    MemoryDevice device = new MemoryDevice(image.length);
    device.write(0, image, 0, image.length);
    return device;
  }

  /** Returns the first plaintext of an image, or null if nothing opens it so. */
  static byte[] plaintext(byte[] image, UnlockRequest.Builder builder) throws IOException {
    try (BlockDevice host = device(image);
        UnlockRequest request = builder.build();
        BlockDevice plaintext = Unlocker.open(host, "host", request).plaintext()) {
      byte[] first = new byte[4096];
      plaintext.read(0, first, 0, first.length);
      return first;
    } catch (WrongPasswordException | CorruptHeaderException e) {
      return null; // half a header is none
    }
  }

  static byte[] bytes(BlockDevice device) throws IOException {
    byte[] bytes = new byte[(int) device.size()];
    device.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  static void assertOnlySlotsDiffer(byte[] before, byte[] after) {
    for (int at = 0; at < before.length; at++) {
      boolean slot = at < 65_536 || (at >= BACKUP && at < BACKUP + 65_536);
      assertTrue(slot || before[at] == after[at], "byte " + at);
    }
  }
}
