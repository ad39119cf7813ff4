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

import dev.tcplay.model.VolumeChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Writing through the raw driver, into a container that is not encrypted. */
class WritingTest extends PlainImage {

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
}
