package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.LoopDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The size of a device that tells none is found by reading it. */
class DeviceSizeTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 511, 512, 513, 299_008, 4_000_787_030_016L, (1L << 61) + 512})
  void aFewReadsFindTheSize(long size) throws IOException {
    int[] reads = {0};
    long found =
        DeviceSize.find(
            position -> {
              reads[0]++;
              return position < size;
            });
    assertEquals(size, found);
    assertTrue(reads[0] <= 125, () -> reads[0] + " reads");
  }

  @Test
  void aDeviceThatCannotBeReadHasNoSize() {
    IOException failure = new IOException("removed");
    assertSame(
        failure,
        assertThrows(
            IOException.class,
            () ->
                DeviceSize.find(
                    position -> {
                      throw failure;
                    })));
  }

  /** What Linux tells is held against what can be read. */
  @Test
  void readingARealDeviceFindsWhatTheKernelTells() throws Exception {
    Path image = Files.write(folder.resolve("image"), new byte[77 * 512 + 300]);
    try (LoopDevice loop = LoopDevice.of(image);
        FileChannel channel = FileChannel.open(loop.node(), StandardOpenOption.READ)) {
      assertEquals(
          channel.size(),
          DeviceSize.find(position -> channel.read(ByteBuffer.allocate(1), position) > 0));
      assertEquals(77 * 512, channel.size());
      assertEquals(0, Files.size(loop.node()));
    }
  }
}
