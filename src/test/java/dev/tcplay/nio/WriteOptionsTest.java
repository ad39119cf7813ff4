package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What options to open a file promise, whoever else is at it. */
class WriteOptionsTest extends ChangedVolume {

  @Test
  void aFileIsDeletedWhenItsChannelOrItsFileSystemIsClosed() throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(fresh, CREATE, WRITE, DELETE_ON_CLOSE)) {
      channel.write(ByteBuffer.allocate(3));
      assertEquals(3, Files.size(fresh));
    }
    assertFalse(Files.exists(fresh));
    try (SeekableByteChannel channel =
        Files.newByteChannel(fresh, CREATE, WRITE, DELETE_ON_CLOSE)) {
      Files.move(fresh, file);
      assertTrue(channel.isOpen());
    }
    assertTrue(Files.exists(file));
    SeekableByteChannel left = Files.newByteChannel(fresh, CREATE, WRITE, DELETE_ON_CLOSE);
    fileSystem.close();
    assertFalse(left.isOpen());
    assertEquals(List.of("file"), names(volume.mount().getPath("/")));
    assertEquals(0, volume.openFiles.get());
  }

  @Test
  void whatThreadsAppendAtOnceIsAllThere() throws Exception {
    Thread[] threads = new Thread[4];
    AtomicInteger failures = new AtomicInteger();
    for (int i = 0; i < threads.length; i++) {
      byte mark = (byte) ('a' + i);
      threads[i] =
          new Thread(
              () -> {
                byte[] line = {mark, mark, mark, '\n'};
                ByteBuffer direct = ByteBuffer.allocateDirect(4);
                try (FileChannel channel = FileChannel.open(file, CREATE, APPEND)) {
                  for (int round = 0; round < 250; round++) {
                    channel.write(ByteBuffer.wrap(line));
                    channel.write(direct.clear().put(line).flip());
                  }
                } catch (IOException | RuntimeException e) {
                  failures.incrementAndGet();
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, failures.get());
    Map<String, Long> lines =
        Files.readAllLines(file).stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    line -> line, java.util.stream.Collectors.counting()));
    assertEquals(Map.of("aaa", 500L, "bbb", 500L, "ccc", 500L, "ddd", 500L), lines);
  }

  @Test
  void syncForcesEveryWrite() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(fresh, CREATE, WRITE, SYNC)) {
      channel.write(ByteBuffer.allocate(1));
      channel.write(ByteBuffer.allocate(1));
    }
    assertEquals(2, volume.forces.get());
  }

  @Test
  void createGoesOnWhereAnotherWasQuicker() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    volume.hook(
        operation -> {
          if (operation.equals("create") && calls.getAndIncrement() == 0) {
            Files.writeString(file, "theirs");
          } else if (operation.equals("open") && calls.getAndIncrement() == 1) {
            Files.delete(file);
          }
        });
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE, WRITE)) {
      assertEquals(0, channel.size());
    }
    assertTrue(calls.get() >= 3);
    Files.delete(file);
    calls.set(0);
    assertThrows(
        FileAlreadyExistsException.class, () -> Files.newByteChannel(file, CREATE_NEW, WRITE));
    volume.hook(operation -> {});
    assertEquals("theirs", Files.readString(file));
  }
}
