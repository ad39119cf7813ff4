package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Channels that read do what they do on the default file system. */
@SuppressWarnings("StreamResourceLeak") // outcomes are compared
class ReadingChannelOracleTest {

  @TempDir static Path tree;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> channelsReadAsOnTheDefaultFileSystem() throws IOException {
    openOptions();
    byteChannels();
    fileChannels();
    return oracle.reading(tree);
  }

  private void openOptions() {
    Map<String, Set<OpenOption>> sets = new LinkedHashMap<>();
    sets.put("none", Set.of());
    sets.put("read", Set.of(READ));
    sets.put("read, truncate", Set.of(READ, TRUNCATE_EXISTING));
    sets.put("read, sparse, create new", Set.of(READ, SPARSE, CREATE_NEW));
    sets.put("read, append", Set.of(READ, APPEND));
    sets.put("append, truncate", Set.of(APPEND, TRUNCATE_EXISTING));
    sets.put("nofollow", Set.of(LinkOption.NOFOLLOW_LINKS));
    sets.put("unknown", Set.of(READ, new OpenOption() {}));
    sets.put("null", new java.util.HashSet<>(Arrays.asList(READ, null)));
    sets.forEach(
        (name, options) -> {
          oracle.add(
              "byte channel with " + name,
              root -> {
                try (SeekableByteChannel channel =
                    Files.newByteChannel(root.resolve("text"), options)) {
                  return channel.size();
                }
              });
          oracle.add(
              "file channel with " + name,
              root -> {
                try (FileChannel channel = FileChannel.open(root.resolve("text"), options)) {
                  return channel.size();
                }
              });
        });
    oracle.add(
        "input stream with append", root -> Files.newInputStream(root.resolve("text"), APPEND));
    oracle.add(
        "output stream with read", root -> Files.newOutputStream(root.resolve("text"), READ));
  }

  private void byteChannels() {
    oracle.channel("position", c -> List.of(c.position(), c.position(7).position(), c.size()));
    oracle.channel("negative position", c -> c.position(-1));
    oracle.channel("read behind the end", c -> c.position(1L << 40).read(ByteBuffer.allocate(3)));
    oracle.channel("read nothing", c -> c.read(ByteBuffer.allocate(0)));
    oracle.channel(
        "read nothing at the end", c -> c.position(c.size()).read(ByteBuffer.allocate(0)));
    oracle.channel(
        "read over the end",
        c -> {
          ByteBuffer buffer = ByteBuffer.allocate(9);
          return List.of(c.position(c.size() - 4).read(buffer), buffer.position(), c.position());
        });
    oracle.channel(
        "read into a slice",
        c -> {
          ByteBuffer buffer = ByteBuffer.allocate(40);
          c.read(buffer.slice(10, 20));
          return buffer.array();
        });
    oracle.channel(
        "read into memory off the heap",
        c -> {
          ByteBuffer buffer = ByteBuffer.allocateDirect(150_000);
          int n = c.read(buffer);
          byte[] bytes = new byte[n];
          buffer.flip().get(bytes);
          return bytes;
        });
    oracle.channel(
        "read into a read-only buffer", c -> c.read(ByteBuffer.allocate(3).asReadOnlyBuffer()));
    oracle.channel("read into null", c -> c.read(null));
    oracle.channel("write", c -> c.write(ByteBuffer.allocate(3)));
    oracle.channel("truncate", c -> c.truncate(3));
    for (String name : List.of("read", "size", "position", "seek", "write", "truncate")) {
      oracle.channel(
          name + " when closed",
          c -> {
            c.close();
            c.close();
            return switch (name) {
              case "read" -> c.read(ByteBuffer.allocate(3));
              case "size" -> c.size();
              case "position" -> c.position();
              case "seek" -> c.position(-1);
              case "write" -> c.write(ByteBuffer.allocate(3));
              default -> c.truncate(3);
            };
          });
    }
  }

  private void fileChannels() {
    oracle.fileChannel(
        "positional read",
        c -> {
          ByteBuffer buffer = ByteBuffer.allocate(100);
          return List.of(c.read(buffer, 1234), c.position(), Arrays.hashCode(buffer.array()));
        });
    oracle.fileChannel(
        "positional read behind the end", c -> c.read(ByteBuffer.allocate(3), 1L << 40));
    oracle.fileChannel(
        "positional read at a negative position", c -> c.read(ByteBuffer.allocate(3), -1));
    oracle.fileChannel("positional write", c -> c.write(ByteBuffer.allocate(3), 0));
    oracle.fileChannel(
        "positional write at a negative position", c -> c.write(ByteBuffer.allocate(3), -1));
    oracle.fileChannel(
        "scatter",
        c -> {
          ByteBuffer[] buffers = {
            ByteBuffer.allocate(5),
            ByteBuffer.allocate(0),
            ByteBuffer.allocate(70),
            ByteBuffer.allocate(9)
          };
          long n = c.read(buffers, 1, 2);
          return List.of(
              n,
              c.position(),
              buffers[0].position(),
              buffers[3].position(),
              Arrays.hashCode(buffers[2].array()));
        });
    oracle.fileChannel(
        "scatter at the end",
        c -> c.position(c.size()).read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
    oracle.fileChannel("scatter outside", c -> c.read(new ByteBuffer[2], 1, 2));
    oracle.fileChannel("scatter into none", c -> c.read(new ByteBuffer[0]));
    oracle.fileChannel("gather", c -> c.write(new ByteBuffer[] {ByteBuffer.allocate(1)}));
    oracle.fileChannel("gather outside", c -> c.write(new ByteBuffer[2], 1, 2));
    oracle.fileChannel(
        "force",
        c -> {
          c.force(true);
          return "forced";
        });
    oracle.fileChannel(
        "force when closed",
        c -> {
          c.close();
          c.force(true);
          return "forced";
        });
    oracle.fileChannel("negative truncate", c -> c.truncate(-1));
    oracle.fileChannel(
        "map for writing",
        c -> {
          try {
            return c.map(FileChannel.MapMode.READ_WRITE, 0, 1);
          } catch (UnsupportedOperationException
              | java.nio.channels.NonWritableChannelException e) {
            return "refused";
          }
        });
    oracle.add(
        "a directory as file",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("dir"))) {
            channel.force(true);
            return channel.read(ByteBuffer.allocate(3));
          } catch (FileSystemException e) {
            throw new IOException(e);
          }
        });
  }
}
