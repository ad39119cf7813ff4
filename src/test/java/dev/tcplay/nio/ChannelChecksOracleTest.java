package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What a file channel checks first of bad arguments, a wrong mode and being closed, as the JDK. */
@SuppressWarnings({"NullAway", "try"}) // nulls and outcomes are the point
class ChannelChecksOracleTest {

  private static final Map<String, OpenOption[]> MODES =
      Map.of(
          "reading", new OpenOption[] {READ},
          "writing", new OpenOption[] {WRITE},
          "appending", new OpenOption[] {APPEND},
          "both", new OpenOption[] {READ, WRITE});

  @TempDir Path theirs;

  private final Oracle oracle = new Oracle();

  /** Something done with a channel in a tree. */
  private interface ChannelUse {
    Object of(FileChannel channel, Path root) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> checksAreThoseOfTheDefaultFileSystem() throws IOException {
    MODES.forEach(this::channels);
    return oracle.writing(theirs);
  }

  private void channel(String name, OpenOption[] mode, boolean closed, ChannelUse use) {
    oracle.add(
        name,
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"), mode)) {
            if (closed) {
              channel.close();
            }
            return use.of(channel, root);
          }
        });
  }

  private void channels(String mode, OpenOption[] options) {
    Map<String, ChannelUse> uses = new LinkedHashMap<>();
    mappings(uses);
    transfers(uses);
    locksAndBuffers(uses);
    uses.forEach(
        (name, use) -> {
          channel(mode + ": " + name, options, false, use);
          channel(mode + ", closed: " + name, options, true, use);
        });
  }

  /** Mappings that the default file system refuses, too. */
  private static void mappings(Map<String, ChannelUse> uses) {
    uses.put("map in no mode", (c, root) -> c.map(null, 0, 1));
    uses.put("map in no mode, badly", (c, root) -> c.map(null, -1, -1));
    for (MapMode mode : List.of(MapMode.READ_ONLY, MapMode.READ_WRITE, MapMode.PRIVATE)) {
      uses.put("map before the file " + mode, (c, root) -> c.map(mode, -1, 1));
      uses.put("map less than nothing " + mode, (c, root) -> c.map(mode, 0, -1));
      uses.put("map too far " + mode, (c, root) -> c.map(mode, Long.MAX_VALUE, 1));
      uses.put("map too much " + mode, (c, root) -> c.map(mode, 0, 1L << 31));
    }
    uses.put(
        "map to write",
        (c, root) -> {
          // Where it may be mapped, ours says no, and that is another test's.
          try {
            c.map(MapMode.READ_WRITE, 0, 1);
          } catch (UnsupportedOperationException e) {
            return "mapped";
          }
          return "mapped";
        });
  }

  private static void transfers(Map<String, ChannelUse> uses) {
    uses.put("transfer to nothing", (c, root) -> c.transferTo(0, 1, null));
    uses.put("transfer from nothing", (c, root) -> c.transferFrom(null, 0, 1));
    uses.put("transfer to nothing, badly", (c, root) -> c.transferTo(-1, 1, null));
    for (Map.Entry<String, OpenOption[]> mode : MODES.entrySet()) {
      for (long[] range : new long[][] {{0, 0}, {0, 1}, {-1, 1}, {0, -1}, {9999, 1}}) {
        String text = mode.getKey() + " " + range[0] + " " + range[1];
        uses.put(
            "transfer to " + text,
            (c, root) -> {
              try (FileChannel other =
                  FileChannel.open(root.resolve("dir/data.bin"), mode.getValue())) {
                return c.transferTo(range[0], range[1], other);
              }
            });
        uses.put(
            "transfer from " + text,
            (c, root) -> {
              try (FileChannel other =
                  FileChannel.open(root.resolve("dir/data.bin"), mode.getValue())) {
                return c.transferFrom(other, range[0], range[1]);
              }
            });
      }
    }
  }

  private static void locksAndBuffers(Map<String, ChannelUse> uses) {
    uses.put("lock before the file", (c, root) -> c.tryLock(-1, 1, false).isValid());
    uses.put("lock less than nothing", (c, root) -> c.tryLock(0, -1, false).isValid());
    uses.put("lock too far", (c, root) -> c.tryLock(Long.MAX_VALUE, 1, false).isValid());
    uses.put("lock", (c, root) -> c.tryLock().isShared());
    uses.put("lock shared", (c, root) -> c.tryLock(0, 1, true).isShared());
    uses.put("scatter to nothing", (c, root) -> c.read((ByteBuffer[]) null));
    uses.put("scatter to a null", (c, root) -> c.read(new ByteBuffer[] {null}));
    uses.put("scatter to none", (c, root) -> c.read(new ByteBuffer[0]));
    uses.put("scatter badly", (c, root) -> c.read(new ByteBuffer[1], 0, -1));
    uses.put("gather nothing", (c, root) -> c.write((ByteBuffer[]) null));
    uses.put("gather a null", (c, root) -> c.write(new ByteBuffer[] {null}));
    uses.put("gather none", (c, root) -> c.write(new ByteBuffer[0]));
    uses.put("gather badly", (c, root) -> c.write(new ByteBuffer[1], 1, 1));
    uses.put("read into nothing", (c, root) -> c.read((ByteBuffer) null));
    uses.put("read into nothing somewhere", (c, root) -> c.read(null, 0));
    uses.put("read into nothing before the file", (c, root) -> c.read(null, -1));
    uses.put("write nothing", (c, root) -> c.write((ByteBuffer) null));
    uses.put("write nothing somewhere", (c, root) -> c.write(null, 0));
    uses.put("write nothing before the file", (c, root) -> c.write(null, -1));
    uses.put("write before the file", (c, root) -> c.write(ByteBuffer.allocate(1), -1));
    uses.put("read before the file", (c, root) -> c.read(ByteBuffer.allocate(1), -1));
    uses.put(
        "read into what cannot be changed",
        (c, root) -> c.read(ByteBuffer.allocate(1).asReadOnlyBuffer()));
    uses.put("position before the file", (c, root) -> c.position(-1));
    uses.put("cut off before the file", (c, root) -> c.truncate(-1));
    uses.put("cut off behind the file", (c, root) -> c.truncate(999).size());
    uses.put("cut off", (c, root) -> c.truncate(3).position());
  }
}
