package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * On POSIX systems whoever closes a descriptor of a file drops the process's locks of it. The other
 * process is a real one.
 */
abstract class DroppedLocks {

  static final int SIZE = 10_000;

  @TempDir Path folder;

  Path host;

  @BeforeEach
  void makeHost() throws IOException {
    host = Files.write(folder.resolve("host"), new byte[SIZE]);
  }

  /** Has this process lose its locks, as any program may without knowing. */
  void dropLocks() throws IOException {
    assertEquals(SIZE, Files.readAllBytes(host).length);
  }

  static void put(BlockDevice device, int value) throws IOException {
    device.write(0, new byte[] {(byte) value}, 0, 1);
  }

  static int get(BlockDevice device) throws IOException {
    byte[] one = new byte[1];
    device.read(0, one, 0, 1);
    return one[0];
  }
}
