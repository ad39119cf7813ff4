package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Channels that write do what they do on the default file system. */
class WritingChannelOracleTest {

  @TempDir static Path folder;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> channelsWriteAsOnTheDefaultFileSystem() throws IOException {
    byteChannels();
    appending();
    fileChannels();
    whileOpen();
    return oracle.writing(folder);
  }

  private static ByteBuffer bytes(int length, int value) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    java.util.Arrays.fill(buffer.array(), (byte) value);
    return buffer;
  }

  private void byteChannel(String name, Oracle.ChannelUse<SeekableByteChannel> use) {
    oracle.add(
        "byte channel: " + name,
        root -> {
          try (SeekableByteChannel channel =
              Files.newByteChannel(root.resolve("dir/data.bin"), READ, WRITE)) {
            return use.with(channel);
          }
        });
    fileChannel(name, use::with);
  }

  private void fileChannel(String name, Oracle.ChannelUse<FileChannel> use) {
    oracle.add(
        "file channel: " + name,
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("dir/data.bin"), READ, WRITE)) {
            return use.with(channel);
          }
        });
  }

  private void byteChannels() {
    byteChannel("overwrite", c -> List.of(c.position(9).write(bytes(70_000, 1)), c.position()));
    byteChannel("over the end", c -> List.of(c.position(199_990).write(bytes(30, 1)), c.size()));
    byteChannel("behind the end", c -> List.of(c.position(300_000).write(bytes(5, 1)), c.size()));
    byteChannel("nothing behind the end", c -> c.position(300_000).write(bytes(0, 1)) + c.size());
    byteChannel("off the heap", c -> c.write(ByteBuffer.allocateDirect(150_000)));
    byteChannel("a read-only buffer", c -> c.write(bytes(10, 3).asReadOnlyBuffer()));
    byteChannel("a slice", c -> c.write(bytes(50, 4).position(20).slice().limit(7)));
    byteChannel("null", c -> c.write(null));
    for (long size : new long[] {-1, 0, 1, 199_999, 200_000, 200_001, 1L << 40}) {
      byteChannel("truncate to " + size, c -> List.of(c.truncate(size).position(), c.size()));
      byteChannel(
          "from behind, truncate to " + size,
          c -> List.of(c.position(199_999).truncate(size).position(), c.size()));
    }
    byteChannel(
        "truncate, then write behind the end",
        c -> c.truncate(10).position(50).write(bytes(3, 5)) + c.size());
    byteChannel(
        "write when closed",
        c -> {
          c.close();
          return c.write(bytes(1, 1));
        });
    byteChannel(
        "truncate when closed",
        c -> {
          c.close();
          return c.truncate(1);
        });
  }

  private void appending() {
    for (String name : List.of("text", "empty")) {
      oracle.add(
          "append to " + name,
          root -> {
            try (FileChannel channel = FileChannel.open(root.resolve(name), APPEND)) {
              long start = channel.position();
              channel.position(2).write(bytes(4, 1));
              long then = channel.position();
              channel.write(ByteBuffer.allocateDirect(100_000));
              channel.write(new ByteBuffer[] {bytes(3, 2), bytes(4, 3)});
              return List.of(start, then, channel.position(), channel.size());
            }
          });
      oracle.add(
          "append and truncate " + name,
          root -> {
            try (SeekableByteChannel channel = Files.newByteChannel(root.resolve(name), APPEND)) {
              channel.truncate(5).write(bytes(2, 1));
              return List.of(channel.position(), channel.size());
            }
          });
    }
    oracle.add(
        "two who append",
        root -> {
          try (FileChannel one = FileChannel.open(root.resolve("text"), APPEND);
              FileChannel other = FileChannel.open(root.resolve("text"), APPEND)) {
            one.write(bytes(3, 1));
            other.write(bytes(4, 2));
            one.write(bytes(5, 3));
            return List.of(one.position(), other.position());
          }
        });
  }

  private void fileChannels() {
    fileChannel("positional write", c -> List.of(c.write(bytes(7, 1), 100), c.position()));
    fileChannel("positional write behind the end", c -> c.write(bytes(7, 1), 250_000) + c.size());
    fileChannel("positional write at -1", c -> c.write(bytes(7, 1), -1));
    fileChannel(
        "gather", c -> c.write(new ByteBuffer[] {bytes(3, 1), bytes(0, 2), bytes(4, 3)}, 0, 3));
    // Not behind the end, where newer JDKs write and older ones do not.
    for (long[] range : new long[][] {{0, 10}, {199_999, 30}, {5, 1000}, {-1, 2}}) {
      fileChannel(
          "transfer from a stream to " + range[0] + ", " + range[1],
          c ->
              List.of(
                  c.transferFrom(
                      Channels.newChannel(new ByteArrayInputStream(new byte[100])),
                      range[0],
                      range[1]),
                  c.position(),
                  c.size()));
    }
    fileChannel("exclusive lock", c -> c.lock().isShared());
    fileChannel(
        "force",
        c -> {
          c.write(bytes(3, 1));
          c.force(false);
          return c.position();
        });
    oracle.add(
        "transfer from one file to another",
        root -> {
          try (FileChannel from = FileChannel.open(root.resolve("dir/data.bin"));
              FileChannel to = FileChannel.open(root.resolve("empty"), WRITE)) {
            return List.of(
                from.transferTo(7, 100_000, to), to.transferFrom(from, 0, 50), to.position());
          }
        });
  }

  private void whileOpen() {
    oracle.add(
        "what one writes another reads",
        root -> {
          try (FileChannel writer = FileChannel.open(root.resolve("text"), WRITE);
              FileChannel reader = FileChannel.open(root.resolve("text"))) {
            writer.write(bytes(3, 'x'), 20);
            return List.of(reader.size(), Files.readString(root.resolve("text")));
          }
        });
    oracle.add(
        "a file that is deleted while open",
        root -> {
          Path file = root.resolve("text");
          try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            Files.delete(file);
            Files.writeString(file, "another");
            channel.write(bytes(30, 'x'));
            return List.of(channel.size(), Files.size(file));
          }
        });
    oracle.add(
        "a file that is moved while open",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"), READ, WRITE)) {
            Files.move(root.resolve("text"), root.resolve("dir/moved"));
            channel.write(bytes(30, 'x'));
            return Files.size(root.resolve("dir/moved"));
          }
        });
    oracle.add(
        "a file that is replaced while open",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"), READ, WRITE)) {
            Files.move(
                root.resolve("empty"),
                root.resolve("text"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            channel.write(bytes(30, 'x'));
            return List.of(channel.size(), Files.size(root.resolve("text")));
          }
        });
  }
}
