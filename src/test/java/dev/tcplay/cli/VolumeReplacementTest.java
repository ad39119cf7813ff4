package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.Tcplay;
import dev.tcplay.model.VolumeChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a volume is replaced. */
class VolumeReplacementTest {

  private static final int SIZE = (1 << 20) + 4096;

  @TempDir Path folder;

  /** Gives sevens, and keeps the buffers that took them. */
  private static final class Sevens implements ReadableByteChannel {

    private final List<ByteBuffer> buffers = new ArrayList<>();
    private int left;

    Sevens(int bytes) {
      left = bytes;
    }

    @Override
    public int read(ByteBuffer target) {
      buffers.add(target.duplicate().clear());
      int n = Math.min(left, target.remaining());
      for (int i = 0; i < n; i++) {
        target.put((byte) 7);
      }
      left -= n;
      return n == 0 ? -1 : n;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private Path replace(Sevens in) throws IOException {
    Path image = Files.write(folder.resolve("image"), new byte[SIZE]);
    try (VolumeChannel volume =
        Tcplay.open(image).format("plain").readOnly(false).channel(StandardOpenOption.WRITE)) {
      new VolumeReplacement(in, "sevens", volume, new CopyLine(null)).run();
    }
    return image;
  }

  private static void assertWiped(Sevens in) {
    assertFalse(in.buffers.isEmpty());
    for (ByteBuffer buffer : in.buffers) {
      assertEquals(ByteBuffer.allocate(buffer.capacity()), buffer);
    }
  }

  @Test
  void noPlaintextStaysInMemory() throws IOException {
    Sevens in = new Sevens(SIZE);
    Path image = replace(in);
    assertWiped(in);
    Set<Byte> written = new HashSet<>();
    for (byte each : Files.readAllBytes(image)) {
      written.add(each);
    }
    assertEquals(Set.of((byte) 7), written);
  }

  @Test
  void noPlaintextStaysInMemoryOfAReplacementThatFails() {
    Sevens in = new Sevens(SIZE - 1);
    assertThrows(IOException.class, () -> replace(in));
    assertWiped(in);
  }
}
