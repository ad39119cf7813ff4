package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.NameRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** The channels of {@code Files.newByteChannel} are no file channels: no interrupt closes them. */
class ByteChannelTest {

  @Test
  void aByteChannelWorksInAThreadWhoseInterruptIsPending() throws IOException {
    Path file = MemoryVolume.writable(NameRules.EXACT).mount().getPath("/file");
    Thread.currentThread().interrupt();
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      assertFalse(channel instanceof InterruptibleChannel, channel.getClass()::toString);
      assertEquals(3, channel.write(ByteBuffer.wrap(new byte[3])));
      assertEquals(3, channel.position(0).read(ByteBuffer.allocate(9)));
      assertTrue(channel.isOpen());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }
}
