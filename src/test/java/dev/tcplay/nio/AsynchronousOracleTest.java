package dev.tcplay.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous channels that read do what they do on the default file system. */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are compared
class AsynchronousOracleTest {

  @TempDir static Path tree;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> channelsReadAsOnTheDefaultFileSystem() throws IOException {
    asynchronousChannels();
    return oracle.reading(tree);
  }

  private void asynchronousChannels() {
    oracle.asynchronous(
        "read",
        c -> {
          ByteBuffer buffer = ByteBuffer.allocate(20);
          return List.of(c.read(buffer, 100).get(), Arrays.hashCode(buffer.array()), c.size());
        });
    oracle.asynchronous("read behind the end", c -> c.read(ByteBuffer.allocate(3), 1L << 40).get());
    oracle.asynchronous("read at a negative position", c -> c.read(ByteBuffer.allocate(3), -1));
    oracle.asynchronous(
        "read into a read-only buffer", c -> c.read(ByteBuffer.allocate(3).asReadOnlyBuffer(), 0));
    oracle.asynchronous("read with a handler", c -> handled(c, 5));
    oracle.asynchronous(
        "read when closed",
        c -> {
          c.close();
          try {
            return c.read(ByteBuffer.allocate(3), 0).get();
          } catch (ExecutionException e) {
            return e.getCause().getClass();
          }
        });
    oracle.asynchronous(
        "read with a handler when closed",
        c -> {
          c.close();
          try {
            return handled(c, 5);
          } catch (ExecutionException e) {
            return e.getCause().getClass();
          }
        });
    oracle.asynchronous("write", c -> c.write(ByteBuffer.allocate(3), 0));
    oracle.asynchronous("truncate", c -> c.truncate(3));
    oracle.asynchronous("shared lock", c -> c.lock(0, 5, true).get().isShared());
    oracle.asynchronous("exclusive lock", c -> c.tryLock(0, 5, false));
    oracle.asynchronous(
        "overlapping locks",
        c -> {
          c.lock(0, 5, true).get();
          return c.tryLock(4, 5, true);
        });
    oracle.asynchronous(
        "size when closed",
        c -> {
          c.close();
          return c.size();
        });
    oracle.asynchronous(
        "force",
        c -> {
          c.force(true);
          return c.isOpen();
        });
  }

  private static Integer handled(AsynchronousFileChannel channel, long position) throws Exception {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    channel.read(
        ByteBuffer.allocate(30),
        position,
        result,
        new CompletionHandler<Integer, CompletableFuture<Integer>>() {
          @Override
          public void completed(Integer n, CompletableFuture<Integer> future) {
            future.complete(n);
          }

          @Override
          public void failed(Throwable e, CompletableFuture<Integer> future) {
            future.completeExceptionally(e);
          }
        });
    return result.get();
  }
}
