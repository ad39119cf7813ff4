package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.testing.PlainProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Writing through the raw driver, into a container that is not encrypted. */
class WritingTest {

  private static final int SIZE = 40_000;

  @TempDir Path folder;
  private Path container;

  @BeforeEach
  void makeContainer() throws IOException {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) 9);
    container = Files.write(folder.resolve("plain.img"), bytes);
  }

  private ContainerOpener opener(Path path) {
    return Tcplay.open(path).format("plain").filesystem("raw").syncInterval(Duration.ZERO);
  }

  private ContainerOpener opener() {
    return opener(container);
  }

  private static ByteBuffer bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return ByteBuffer.wrap(bytes);
  }

  private byte[] expected(int position, int length, int value) {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) 9);
    Arrays.fill(bytes, position, position + length, (byte) value);
    return bytes;
  }

  @Test
  void whatAChannelWritesIsInTheHostOnceForced() throws IOException {
    try (VolumeChannel channel = opener().channel(READ, WRITE)) {
      assertEquals(SIZE, channel.size());
      assertEquals(5000, channel.position(100).write(bytes(5000, 1)));
      assertEquals(5100, channel.position());
      assertArrayEquals(expected(0, 0, 0), Files.readAllBytes(container.toRealPath()));
      channel.force();
    }
    assertArrayEquals(expected(100, 5000, 1), Files.readAllBytes(container));
  }

  @Test
  void buffersOfEveryKindAreWrittenWhole() throws IOException {
    ByteBuffer direct = ByteBuffer.allocateDirect(30_000).put(bytes(30_000, 3)).flip();
    try (VolumeChannel channel = opener().channel(WRITE)) {
      channel.write(direct);
      assertFalse(direct.hasRemaining());
      channel.write(bytes(10, 4).asReadOnlyBuffer());
    }
    byte[] result = expected(0, 30_000, 3);
    Arrays.fill(result, 30_000, 30_010, (byte) 4);
    assertArrayEquals(result, Files.readAllBytes(container));
  }

  @Test
  void theSizeIsFixed() throws IOException {
    try (VolumeChannel channel = opener().channel(READ, WRITE)) {
      ByteBuffer tooLong = ByteBuffer.allocateDirect(200_000);
      FileSystemException refused =
          assertThrows(FileSystemException.class, () -> channel.write(tooLong));
      assertEquals(container.toString(), refused.getFile());
      assertEquals(
          "file too large: 200000 bytes at 0 not written, it cannot have more than 40000 bytes",
          refused.getReason());
      assertEquals(200_000, tooLong.remaining());
      channel.position(SIZE - 1);
      assertThrows(FileSystemException.class, () -> channel.write(bytes(2, 1)));
      channel.position(Long.MAX_VALUE);
      assertThrows(FileSystemException.class, () -> channel.write(bytes(2, 1)));
      channel.position(SIZE);
      assertEquals(0, channel.write(ByteBuffer.allocate(0)));
      assertThrows(FileSystemException.class, () -> channel.truncate(SIZE - 1));
      assertThrows(IllegalArgumentException.class, () -> channel.truncate(-1));
      channel.truncate(SIZE + 1L);
      assertEquals(SIZE, channel.size());
    }
    assertArrayEquals(expected(0, 0, 0), Files.readAllBytes(container));
  }

  @Test
  void aFileChannelWritesInAllItsWays() throws IOException {
    try (FileSystem volume = opener().mount();
        FileChannel channel = FileChannel.open(volume.getPath("/volume.img"), READ, WRITE)) {
      assertFalse(volume.isReadOnly());
      assertTrue(Files.isWritable(volume.getPath("/volume.img")));
      assertFalse(Files.isWritable(volume.getPath("/")));
      assertEquals(4, channel.write(new ByteBuffer[] {bytes(3, 1), bytes(1, 2)}));
      assertEquals(4, channel.position());
      assertEquals(5, channel.write(bytes(5, 3), 100));
      assertEquals(4, channel.position());
      byte[] stream = bytes(100_000, 4).array();
      assertEquals(
          30_000,
          channel.transferFrom(Channels.newChannel(new ByteArrayInputStream(stream)), 200, 30_000));
      assertThrows(FileSystemException.class, () -> channel.write(bytes(1, 1), SIZE));
      assertThrows(FileSystemException.class, () -> channel.truncate(3));
      assertEquals(4, channel.truncate(SIZE).position());
      channel.force(false);
      assertTrue(channel.tryLock(0, 10, false).isValid());
      byte[] result = expected(200, 30_000, 4);
      Arrays.fill(result, 0, 3, (byte) 1);
      result[3] = 2;
      Arrays.fill(result, 100, 105, (byte) 3);
      assertArrayEquals(result, Files.readAllBytes(volume.getPath("/volume.img")));
    }
  }

  @Test
  void anAsynchronousChannelWrites() throws Exception {
    try (FileSystem volume = opener().mount();
        AsynchronousFileChannel channel =
            AsynchronousFileChannel.open(volume.getPath("/volume.img"), WRITE)) {
      assertEquals(50, channel.write(bytes(50, 7), 1000).get());
      assertThrows(
          NonReadableChannelException.class, () -> channel.read(ByteBuffer.allocate(1), 0));
      assertThrows(FileSystemException.class, () -> channel.truncate(0));
      channel.force(true);
    }
    assertArrayEquals(expected(1000, 50, 7), Files.readAllBytes(container));
  }

  @Test
  void openOptionsMeanWhatTheyDoElsewhere() throws IOException {
    try (FileSystem volume = opener().mount()) {
      Path file = volume.getPath("/volume.img");
      Path fresh = volume.getPath("/fresh");
      try (SeekableByteChannel writer = Files.newByteChannel(file, CREATE, WRITE, SYNC)) {
        assertThrows(NonReadableChannelException.class, () -> writer.read(ByteBuffer.allocate(1)));
        writer.write(bytes(1, 1));
      }
      // SYNC needs no force.
      assertEquals(1, Files.readAllBytes(container)[0]);
      try (SeekableByteChannel reader = Files.newByteChannel(file)) {
        assertThrows(NonWritableChannelException.class, () -> reader.write(bytes(1, 1)));
        assertThrows(NonWritableChannelException.class, () -> reader.truncate(0));
      }
      try (SeekableByteChannel end = Files.newByteChannel(file, APPEND)) {
        assertThrows(FileSystemException.class, () -> end.write(bytes(1, 1)));
      }
      assertThrows(
          FileAlreadyExistsException.class, () -> Files.newByteChannel(file, CREATE_NEW, WRITE));
      for (Executable refused :
          new Executable[] {
            () -> Files.newByteChannel(file, WRITE, TRUNCATE_EXISTING),
            () -> Files.newByteChannel(file, DELETE_ON_CLOSE),
            () -> Files.newByteChannel(fresh, CREATE, WRITE),
            () -> Files.newByteChannel(volume.getPath("/"), WRITE),
            () -> Files.write(file, new byte[SIZE]),
            () -> Files.createDirectory(fresh),
            () -> Files.delete(file),
            () -> Files.move(file, fresh),
            () -> Files.copy(file, fresh),
            () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0))
          }) {
        assertThrows(FileSystemException.class, refused);
      }
    }
    assertArrayEquals(expected(0, 1, 1), Files.readAllBytes(container));
  }

  @Test
  void oneWritesOrManyReadAndConflictsNameTheFileSystem() throws IOException {
    try (FileSystem writer = opener().mount()) {
      HostInUseException refused = assertThrows(HostInUseException.class, () -> opener().mount());
      assertEquals("in use by the file system " + writer, refused.getReason());
      assertThrows(HostInUseException.class, () -> opener().channel());
      // Nor does a file system that was refused take the writer's lock with it.
      assertThrows(
          HostInUseException.class,
          () -> FileSystems.newFileSystem(container, Map.of("format", "plain")));
      try (FileSystem careless = opener().lock(false).mount()) {
        assertFalse(careless.isReadOnly());
      }
    }
    try (VolumeChannel first = opener().channel();
        VolumeChannel second = opener().channel()) {
      assertEquals(first.size(), second.size());
      assertThrows(HostInUseException.class, () -> opener().channel(WRITE));
    }
  }

  @Test
  void whatCannotBeWrittenOpensReadOnly() throws IOException {
    assertThrows(AccessDeniedException.class, () -> opener().readOnly(true).channel(WRITE));
    // Nobody asked for raw, so what is not recognised is left alone, and open to others.
    Map<String, ?> env = Map.of("format", "plain");
    Map<String, ?> reading = Map.of("format", "plain", "readOnly", true);
    try (FileSystem first = FileSystems.newFileSystem(container, env);
        FileSystem second = FileSystems.newFileSystem(container, reading)) {
      assertTrue(first.isReadOnly() && second.isReadOnly());
      assertThrows(
          ReadOnlyFileSystemException.class,
          () -> Files.newByteChannel(first.getPath("/volume.img"), WRITE));
    }
    Files.setPosixFilePermissions(container, Set.of());
    Files.setPosixFilePermissions(
        container, java.nio.file.attribute.PosixFilePermissions.fromString("r--r--r--"));
    if (!Files.isWritable(container)) {
      try (FileSystem volume = opener().mount()) {
        assertTrue(volume.isReadOnly());
      }
      AccessDeniedException denied =
          assertThrows(AccessDeniedException.class, () -> opener().channel(WRITE));
      assertEquals(container.toString(), denied.getFile());
    }
  }

  @Test
  void anOverlayTakesTheWritesAndIsGoneAtTheEnd() throws IOException {
    Path file = folder.resolve("changes");
    for (ContainerOpener opener :
        new ContainerOpener[] {opener().overlayInMemory(), opener().overlay(file)}) {
      try (VolumeChannel channel = opener.channel(READ, WRITE);
          // The container is only read, so others may read it too.
          VolumeChannel other = opener().channel()) {
        channel.write(bytes(6000, 5));
        channel.force();
        ByteBuffer read = ByteBuffer.allocate(6000);
        channel.position(0).read(read);
        assertArrayEquals(bytes(6000, 5).array(), read.array());
        other.read(read.clear());
        assertArrayEquals(bytes(6000, 9).array(), read.array());
      }
      assertArrayEquals(expected(0, 0, 0), Files.readAllBytes(container));
    }
    assertFalse(Files.exists(file));
    Files.writeString(file, "mine");
    assertThrows(
        FileAlreadyExistsException.class, () -> opener().overlay(file).channel(READ, WRITE));
    assertEquals("mine", Files.readString(file));
    try (VolumeChannel reader = opener().overlay(file).channel()) {
      assertEquals(SIZE, reader.size());
    }
  }

  @Test
  void aFullHostIsReportedByForceAndByCloseAndLosesNothing() throws IOException {
    PlainProvider provider = new PlainProvider();
    Path host = provider.wrap(container);
    try (VolumeChannel channel = opener(host).channel(READ, WRITE)) {
      channel.write(bytes(3000, 1));
      provider.full(true);
      IOException failure = assertThrows(IOException.class, channel::force);
      assertTrue(failure.getMessage().contains("no space left on device"), failure.getMessage());
      ByteBuffer read = ByteBuffer.allocate(3000);
      channel.position(0).read(read);
      assertArrayEquals(bytes(3000, 1).array(), read.array());
      provider.full(false);
      channel.force();
      assertArrayEquals(expected(0, 3000, 1), Files.readAllBytes(container));
    }
    VolumeChannel unlucky = opener(host).channel(WRITE);
    unlucky.write(bytes(10, 2));
    provider.full(true);
    IOException failure = assertThrows(IOException.class, unlucky::close);
    assertTrue(failure.getMessage().contains("no space left on device"), failure.getMessage());
    provider.full(false);
    // Closed all the same: the keys and the lock are gone.
    assertArrayEquals(expected(0, 3000, 1), Files.readAllBytes(container));
    opener(host).channel(WRITE).close();
  }

  @Test
  void anInterruptEndsOnlyTheFileChannelOfItsThread() throws IOException {
    try (FileSystem volume = opener().cacheSize(0).mount();
        SeekableByteChannel bystander =
            Files.newByteChannel(volume.getPath("/volume.img"), READ, WRITE)) {
      for (int round = 0; round < 20; round++) {
        FileChannel mine = FileChannel.open(volume.getPath("/volume.img"), WRITE);
        Thread.currentThread().interrupt();
        assertThrows(ClosedByInterruptException.class, () -> mine.write(bytes(10, 1), 0));
        assertFalse(mine.isOpen());
        // A byte channel does not mind, and keeps the interrupt.
        bystander.position(20_000).write(bytes(10_000, 2));
        ((VolumeChannel) bystander).force();
        assertTrue(Thread.interrupted());
      }
    } finally {
      Thread.interrupted();
    }
    assertArrayEquals(expected(20_000, 10_000, 2), Files.readAllBytes(container));
  }

  @Test
  void whatThreadsWriteUnderInterruptsArrives() throws Exception {
    try (FileSystem volume = opener().cacheSize(0).mount()) {
      Thread[] writers = new Thread[4];
      Throwable[] failures = new Throwable[writers.length];
      for (int i = 0; i < writers.length; i++) {
        int number = i;
        writers[i] =
            new Thread(
                () -> {
                  try (SeekableByteChannel channel =
                      Files.newByteChannel(volume.getPath("/volume.img"), WRITE, SYNC)) {
                    for (int round = 0; round < 50; round++) {
                      channel.position(number * 10_000L).write(bytes(10_000, number + round));
                    }
                  } catch (IOException | RuntimeException e) {
                    failures[number] = e;
                  }
                });
        writers[i].start();
      }
      while (Arrays.stream(writers).anyMatch(Thread::isAlive)) {
        for (Thread writer : writers) {
          writer.interrupt();
        }
        Thread.onSpinWait();
      }
      assertArrayEquals(new Throwable[writers.length], failures);
    }
    byte[] result = new byte[SIZE];
    for (int i = 0; i < 4; i++) {
      Arrays.fill(result, i * 10_000, (i + 1) * 10_000, (byte) (i + 49));
    }
    assertArrayEquals(result, Files.readAllBytes(container));
  }
}
