package dev.tcplay.mapper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.DelegatingDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only what was logged changes a log. */
class LogWritesTest {

  private static final int SIZE = 1 << 16;
  private static final String TEXT = "0 8 log-writes data log\n";

  private final MemoryDevice log = new MemoryDevice(SIZE);
  private final DeviceMapper mapper = new DeviceMapper(this::open);

  private BlockDevice open(String name, boolean readOnly) throws IOException {
    if (name.equals("nowhere")) {
      throw new NoSuchFileException(name);
    }
    return new DelegatingDevice(name.equals("log") ? log : new MemoryDevice(SIZE)) {
      @Override
      public boolean isReadOnly() {
        return readOnly;
      }

      @Override
      public void close() {}
    };
  }

  @AfterEach
  void close() throws IOException {
    mapper.close();
  }

  private static Table table(String text) throws IOException {
    return Table.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private void load(String text, boolean readOnly) throws IOException {
    try (Table table = table(text)) {
      mapper.load("d", table, readOnly);
    }
  }

  private byte[] logged() throws IOException {
    byte[] bytes = new byte[SIZE];
    log.read(0, bytes, 0, SIZE);
    return bytes;
  }

  private long entries() throws IOException {
    return ByteBuffer.wrap(logged()).order(ByteOrder.LITTLE_ENDIAN).getLong(16);
  }

  @Test
  void aTableThatIsNeverAtWorkLeavesTheLogToTheOneThatIs() throws IOException {
    try (Table table = table(TEXT)) {
      mapper.create("d", table);
    }
    try (BlockDevice device = mapper.open("d")) {
      device.write(0, new byte[] {1}, 0, 1);
      device.write(0, new byte[] {2}, 0, 1);
      byte[] before = logged();
      assertEquals(2, entries());

      load(TEXT, false);
      load(TEXT, false);
      mapper.clear("d");
      assertThrows(IOException.class, () -> load(TEXT + "8 8 linear nowhere 0\n", false));
      assertArrayEquals(before, logged());
    }
    mapper.remove("d");
    assertEquals(4, entries(), "with the flush, and the mark of the end");
    assertEquals(
        "dm-log-writes-end", new String(logged(), 6 * 512 + 32, 17, StandardCharsets.US_ASCII));
  }

  @Test
  void aReadOnlyTableLogsNothing() throws IOException {
    log.write(0, new byte[] {1, 2, 3}, 0, 3);
    byte[] before = logged();
    mapper.create("d", table(""));
    load(TEXT, true);
    mapper.resume("d");
    mapper.suspend("d");
    mapper.resume("d");
    byte[] mark = "mark x".getBytes(StandardCharsets.UTF_8);
    assertThrows(IOException.class, () -> mapper.message("d", 0, mark));
    mapper.remove("d");
    assertArrayEquals(before, logged());
  }
}
