package dev.tcplay.contract;

import static dev.tcplay.contract.Case.everywhere;
import static dev.tcplay.contract.Case.opened;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Points 64 to 73: interrupts, locks, mappings, and many channels on one file. */
@SuppressWarnings("try") // closing one early is the point
final class SharedChannelCases {

  private SharedChannelCases() {}

  static List<Case> all() {
    return List.of(
        everywhere("64", SharedChannelCases::interrupt),
        everywhere("65", SharedChannelCases::pendingInterrupt),
        everywhere("66", SharedChannelCases::locks),
        everywhere("67", SharedChannelCases::map),
        opened("68", SharedChannelCases::force),
        everywhere("69", SharedChannelCases::sizes),
        everywhere("70", SharedChannelCases::manyChannels),
        everywhere("71", SharedChannelCases::deleteOpen),
        opened("72", SharedChannelCases::full),
        everywhere("73", SharedChannelCases::farPositions));
  }

  private static void interrupt(Place place) throws Exception {
    FileChannel channel = FileChannel.open(place.file("file", "text"));
    try (FileChannel other = FileChannel.open(place.path("file"))) {
      Thread.currentThread().interrupt();
      assertThrows(ClosedByInterruptException.class, () -> channel.read(ByteBuffer.allocate(1)));
      assertTrue(Thread.interrupted());
      assertFalse(channel.isOpen());
      assertEquals(4, other.read(ByteBuffer.allocate(9)));
    }
  }

  private static void pendingInterrupt(Place place) throws Exception {
    Path file = place.file("file", "text");
    Thread.currentThread().interrupt();
    try {
      assertEquals("text", Files.readString(file));
      assertArrayEquals(new byte[] {'t', 'e', 'x', 't'}, Files.readAllBytes(file));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  private static void locks(Place place) throws Exception {
    Path file = place.file("file", "text");
    try (FileChannel channel = FileChannel.open(file, READ, WRITE);
        FileChannel other = FileChannel.open(file, READ, WRITE);
        FileChannel reading = FileChannel.open(file, READ);
        FileChannel writing = FileChannel.open(file, WRITE)) {
      FileLock lock = channel.lock(0, 10, false);
      assertTrue(lock.isValid() && lock.overlaps(9, 1) && !lock.overlaps(10, 1));
      assertThrows(OverlappingFileLockException.class, () -> channel.tryLock(9, 5, false));
      assertThrows(OverlappingFileLockException.class, () -> other.lock());
      FileLock beside = other.tryLock(10, 5, true);
      assertTrue(beside.isShared());
      assertThrows(NonWritableChannelException.class, () -> reading.lock(50, 1, false));
      assertThrows(NonReadableChannelException.class, () -> writing.lock(50, 1, true));
      lock.release();
      assertFalse(lock.isValid());
      beside.close();
      FileLock all = other.lock(0, Long.MAX_VALUE, false);
      other.close();
      assertFalse(all.isValid());
      assertThrows(ClosedChannelException.class, all::release);
      assertTrue(channel.tryLock().isValid());
    }
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      Thread.currentThread().interrupt();
      assertThrows(FileLockInterruptionException.class, channel::lock);
      assertFalse(channel.isOpen());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  private static void map(Place place) throws Exception {
    Path file = place.file("file", "text");
    try (FileChannel channel = FileChannel.open(file, READ);
        FileChannel both = FileChannel.open(file, READ, WRITE);
        FileChannel writing = FileChannel.open(file, WRITE)) {
      FileChannel.MapMode reads = FileChannel.MapMode.READ_ONLY;
      assertThrows(NullPointerException.class, () -> channel.map(null, 0, 1));
      assertThrows(IllegalArgumentException.class, () -> channel.map(reads, -1, 1));
      assertThrows(IllegalArgumentException.class, () -> channel.map(reads, 0, -1));
      assertThrows(IllegalArgumentException.class, () -> channel.map(reads, Long.MAX_VALUE, 1));
      assertThrows(IllegalArgumentException.class, () -> channel.map(reads, 0, 1L << 31));
      assertThrows(
          NonWritableChannelException.class,
          () -> channel.map(FileChannel.MapMode.READ_WRITE, 0, 1));
      assertThrows(NonReadableChannelException.class, () -> writing.map(reads, 0, 1));
      try {
        assertEquals('t', both.map(reads, 0, 4).get(0));
      } catch (UnsupportedOperationException e) {
        assertTrue(e.getMessage().contains("plaintext"), e.getMessage());
        throw new Case.NotOffered();
      }
    }
  }

  private static void force(Place place) throws Exception {
    Path file = place.path("file");
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      channel.write(ByteBuffer.wrap(Place.bytes(3000)));
      channel.force(true);
      Path copy = Files.copy(place.image(), place.host("copy.img"));
      try (FileSystem then =
          FileSystems.newFileSystem(copy, Map.of("format", "plain", "readOnly", "true"))) {
        assertArrayEquals(Place.bytes(3000), Files.readAllBytes(then.getPath(file.toString())));
      }
    }
  }

  private static void sizes(Place place) throws Exception {
    Path file = place.file("file", "text");
    try (FileChannel one = FileChannel.open(file, WRITE);
        FileChannel two = FileChannel.open(file, READ)) {
      one.write(ByteBuffer.allocate(9));
      assertEquals(9, two.size());
      assertEquals(9, Files.size(file));
      one.truncate(2);
      assertEquals(2, two.size());
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L));
    Files.writeString(file, "now");
    assertTrue(Files.getLastModifiedTime(file).toMillis() > 1_700_000_000_000L);
  }

  private static void manyChannels(Place place) throws Exception {
    Path file = place.file("file", "0123456789");
    try (SeekableByteChannel one = Files.newByteChannel(file, WRITE);
        SeekableByteChannel two = Files.newByteChannel(file)) {
      assertEquals(5, two.read(ByteBuffer.allocate(5)));
      one.truncate(3);
      assertEquals(-1, two.read(ByteBuffer.allocate(5)));
      one.position(8);
      one.write(ByteBuffer.wrap(new byte[] {'x'}));
      ByteBuffer rest = ByteBuffer.allocate(9);
      assertEquals(4, two.read(rest));
      assertArrayEquals(new byte[] {0, 0, 0, 'x', 0, 0, 0, 0, 0}, rest.array());
    }
  }

  private static void deleteOpen(Place place) throws Exception {
    Path file = Files.write(place.path("file"), Place.bytes(20_000));
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      Files.delete(file);
      assertTrue(Files.notExists(file));
      channel.write(ByteBuffer.allocate(1), 30_000);
      assertEquals(30_001, channel.size());
      Path next = Files.write(file, Place.bytes(9));
      Files.move(next, place.path("moved"), StandardCopyOption.REPLACE_EXISTING);
      assertEquals(1, channel.read(ByteBuffer.allocate(1), 30_000));
    }
    assertArrayEquals(Place.bytes(9), Files.readAllBytes(place.path("moved")));
  }

  private static void full(Place place) throws Exception {
    Path file = place.path("file");
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      FileSystemException full =
          assertThrows(
              FileSystemException.class,
              () -> {
                while (true) {
                  channel.write(ByteBuffer.allocate(1 << 20));
                }
              });
      assertTrue(full.getMessage().toLowerCase(Locale.ROOT).contains("space"), full.getMessage());
    }
    Files.delete(file);
    Files.write(file, Place.bytes(100_000));
    place.fileSystem().close();
    try (FileSystem again = FileSystems.newFileSystem(place.image(), Place.PLAIN)) {
      assertArrayEquals(Place.bytes(100_000), Files.readAllBytes(again.getPath(file.toString())));
    }
  }

  private static void farPositions(Place place) throws Exception {
    try (FileChannel channel = FileChannel.open(place.file("file", "text"), READ, WRITE)) {
      long far = (1L << 32) + 10;
      channel.position(far);
      assertEquals(far, channel.position());
      assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
      assertEquals(-1, channel.read(ByteBuffer.allocate(1), far));
      channel.truncate(far);
      assertEquals(4, channel.size());
      if (place.isOurs()) {
        assertThrows(IOException.class, () -> channel.write(ByteBuffer.allocate(1), far));
        assertEquals(4, channel.size());
      }
    }
  }
}
