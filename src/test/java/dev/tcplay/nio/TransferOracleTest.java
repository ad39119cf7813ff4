package dev.tcplay.nio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Transfers out of a file end as on the default file system. */
@SuppressWarnings("StreamResourceLeak") // outcomes are compared
class TransferOracleTest {

  @TempDir static Path tree;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> transfersEndAsOnTheDefaultFileSystem() throws IOException {
    transfers();
    return oracle.reading(tree);
  }

  private void transfers() {
    for (long[] range :
        new long[][] {
          {0, 10},
          {5, 200_000},
          {199_999, 5},
          {200_000, 5},
          {1L << 40, 5},
          {0, 0},
          {-1, 5},
          {0, -1},
          {0, Long.MAX_VALUE}
        }) {
      oracle.fileChannel(
          "transfer to a stream " + Arrays.toString(range),
          c -> {
            var copy = new java.io.ByteArrayOutputStream();
            long n = c.transferTo(range[0], range[1], Channels.newChannel(copy));
            return List.of(n, Arrays.hashCode(copy.toByteArray()), c.position());
          });
      oracle.fileChannel(
          "transfer to a file " + Arrays.toString(range),
          c -> {
            Path copy = Files.createTempFile("transfer", null);
            try (FileChannel target =
                FileChannel.open(copy, java.nio.file.StandardOpenOption.WRITE)) {
              long n = c.transferTo(range[0], range[1], target);
              return List.of(n, Arrays.hashCode(Files.readAllBytes(copy)), target.position());
            } finally {
              Files.delete(copy);
            }
          });
    }
    oracle.add(
        "transfer to a closed channel",
        root -> {
          WritableByteChannel closed = Channels.newChannel(new java.io.ByteArrayOutputStream());
          closed.close();
          try (FileChannel channel = FileChannel.open(root.resolve("text"))) {
            return channel.transferTo(0, 1, closed);
          }
        });
    oracle.add(
        "transfer to a channel for reading",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"));
              FileChannel other = FileChannel.open(root.resolve("empty"))) {
            return channel.transferTo(0, 1, other);
          }
        });
    oracle.add(
        "transfer from",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"));
              FileChannel other = FileChannel.open(root.resolve("empty"))) {
            return channel.transferFrom(other, 0, 1);
          }
        });
    oracle.add(
        "transfer from a closed channel",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"));
              FileChannel other = FileChannel.open(root.resolve("empty"))) {
            close(other);
            return channel.transferFrom(other, 0, 1);
          }
        });
    oracle.add(
        "transfer of a closed channel",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"))) {
            close(channel);
            return channel.transferTo(
                0, 1, Channels.newChannel(new java.io.ByteArrayOutputStream()));
          }
        });
  }

  private static void close(Closeable thing) throws IOException {
    thing.close();
  }
}
