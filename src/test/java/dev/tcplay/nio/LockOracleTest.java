package dev.tcplay.nio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Locks behave as on the default file system. */
@SuppressWarnings("StreamResourceLeak") // outcomes are compared
class LockOracleTest {

  @TempDir static Path tree;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> locksBehaveAsOnTheDefaultFileSystem() throws IOException {
    locks();
    return oracle.reading(tree);
  }

  private void locks() {
    oracle.fileChannel("exclusive lock", c -> c.tryLock());
    oracle.fileChannel(
        "shared lock",
        c -> {
          FileLock lock = c.tryLock(3, 10, true);
          List<Object> facts =
              List.of(
                  lock.isShared(),
                  lock.isValid(),
                  lock.position(),
                  lock.size(),
                  lock.overlaps(12, 1),
                  lock.overlaps(13, 1));
          lock.release();
          return List.of(facts, lock.isValid());
        });
    oracle.fileChannel(
        "overlapping locks",
        c -> {
          c.lock(3, 10, true);
          return c.lock(12, 1, true);
        });
    oracle.fileChannel(
        "neighbouring locks",
        c -> {
          c.lock(3, 10, true);
          return c.lock(13, 1, true).isValid();
        });
    oracle.fileChannel(
        "lock again after release",
        c -> {
          c.lock(0, Long.MAX_VALUE, true).release();
          return c.lock(0, Long.MAX_VALUE, true).isValid();
        });
    oracle.fileChannel("lock at a negative position", c -> c.lock(-1, 10, true));
    oracle.fileChannel(
        "lock when closed",
        c -> {
          c.close();
          return c.lock(0, 1, true);
        });
    oracle.fileChannel(
        "release when closed",
        c -> {
          FileLock lock = c.lock(0, 1, true);
          c.close();
          if (lock.isValid()) {
            return "valid";
          }
          lock.release();
          return "released";
        });
    oracle.add(
        "overlapping locks of two channels",
        root -> {
          try (FileChannel one = FileChannel.open(root.resolve("text"));
              FileChannel other = FileChannel.open(root.resolve("text"))) {
            one.lock(0, 5, true);
            return other.tryLock(4, 1, true);
          }
        });
    oracle.add(
        "closing a channel gives up its locks",
        root -> {
          try (FileChannel other = FileChannel.open(root.resolve("text"))) {
            FileChannel one = FileChannel.open(root.resolve("text"));
            one.lock(0, 5, true);
            one.close();
            return other.tryLock(4, 1, true).isValid();
          }
        });
  }
}
