package dev.tcplay.contract;

import static dev.tcplay.contract.Case.everywhere;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Points 56 to 63: reading, writing and cutting off. */
final class ChannelCases {

  private ChannelCases() {}

  static List<Case> all() {
    return List.of(
        everywhere("56", ChannelCases::read),
        everywhere("57", ChannelCases::writeBeyond),
        everywhere("58", ChannelCases::append),
        everywhere("59", ChannelCases::truncate),
        everywhere("60", ChannelCases::positional),
        everywhere("61", ChannelCases::scatterAndGather),
        everywhere("62", ChannelCases::transfers),
        everywhere("63", ChannelCases::modes));
  }

  private static FileChannel open(Place place) throws Exception {
    return FileChannel.open(place.file("file", "0123456789"), READ, WRITE);
  }

  private static void read(Place place) throws Exception {
    Path file = place.file("file", "0123456789");
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      assertEquals(0, channel.read(ByteBuffer.allocate(0)));
      assertEquals(10, channel.read(ByteBuffer.allocate(20)));
      assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
      channel.position(100);
      assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
    }
  }

  private static void writeBeyond(Place place) throws Exception {
    Path file = Files.write(place.path("file"), Place.bytes(5000));
    try (SeekableByteChannel channel = Files.newByteChannel(file, READ, WRITE)) {
      channel.truncate(10);
      channel.position(4999);
      assertEquals(10, channel.size());
      channel.write(ByteBuffer.wrap(new byte[] {1}));
      assertEquals(5000, channel.size());
    }
    byte[] expected = new byte[5000];
    System.arraycopy(Place.bytes(10), 0, expected, 0, 10);
    expected[4999] = 1;
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  private static void append(Place place) throws Exception {
    Path file = place.file("file", "0123456789");
    try (FileChannel one = FileChannel.open(file, APPEND);
        FileChannel two = FileChannel.open(file, APPEND)) {
      assertEquals(10, one.position());
      one.write(ByteBuffer.allocate(3));
      two.write(ByteBuffer.allocate(4));
      one.position(0);
      one.write(ByteBuffer.allocate(5));
      assertEquals(22, two.position());
    }
    assertEquals(22, Files.size(file));
  }

  private static void truncate(Place place) throws Exception {
    try (FileChannel channel = open(place)) {
      channel.position(8);
      channel.truncate(20);
      assertEquals(10, channel.size());
      assertEquals(8, channel.position());
      channel.truncate(5);
      assertEquals(5, channel.position());
      assertThrows(IllegalArgumentException.class, () -> channel.truncate(-1));
    }
    try (FileChannel reading = FileChannel.open(place.path("file"))) {
      assertThrows(NonWritableChannelException.class, () -> reading.truncate(0));
    }
  }

  private static void positional(Place place) throws Exception {
    try (FileChannel channel = open(place)) {
      ByteBuffer buffer = ByteBuffer.allocate(4);
      assertThrows(IllegalArgumentException.class, () -> channel.read(buffer, -1));
      assertThrows(IllegalArgumentException.class, () -> channel.write(buffer, -1));
      assertThrows(IllegalArgumentException.class, () -> channel.position(-1));
      assertEquals(4, channel.read(buffer, 3));
      assertArrayEquals("3456".getBytes(US_ASCII), buffer.array());
      buffer.flip();
      channel.write(buffer, 0);
      assertEquals(0, channel.position());
      assertEquals("3456456789", Files.readString(place.path("file")));
    }
  }

  private static void scatterAndGather(Place place) throws Exception {
    try (FileChannel channel = open(place)) {
      ByteBuffer[] buffers = {
        ByteBuffer.allocate(3), ByteBuffer.allocate(0), ByteBuffer.allocate(9)
      };
      assertThrows(IndexOutOfBoundsException.class, () -> channel.read(buffers, 2, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> channel.write(buffers, -1, 1));
      assertEquals(10, channel.read(buffers));
      assertEquals('3', buffers[2].get(0));
      for (ByteBuffer buffer : buffers) {
        buffer.flip();
      }
      assertEquals(7, channel.write(buffers, 1, 2));
      assertEquals("01234567893456789", Files.readString(place.path("file")));
    }
  }

  private static void transfers(Place place) throws Exception {
    try (FileChannel channel = open(place);
        FileChannel reading = FileChannel.open(place.path("file"), READ);
        FileChannel target = FileChannel.open(place.path("target"), CREATE, WRITE)) {
      assertEquals(0, channel.transferTo(11, 5, target));
      assertEquals(6, channel.transferTo(4, 50, target));
      assertThrows(NonWritableChannelException.class, () -> channel.transferTo(0, 1, reading));
      assertThrows(NonReadableChannelException.class, () -> channel.transferFrom(target, 0, 1));
      assertThrows(NonWritableChannelException.class, () -> reading.transferFrom(channel, 0, 1));
      assertThrows(IllegalArgumentException.class, () -> channel.transferTo(-1, 1, target));
      assertThrows(IllegalArgumentException.class, () -> channel.transferFrom(reading, 0, -1));
      Pipe pipe = Pipe.open();
      pipe.sink().write(ByteBuffer.allocate(3));
      pipe.sink().close();
      assertEquals(3, channel.transferFrom(pipe.source(), 2, 100));
      WritableByteChannel closed = Channels.newChannel(new ByteArrayOutputStream());
      closed.close();
      assertThrows(ClosedChannelException.class, () -> channel.transferTo(0, 1, closed));
      assertEquals(0, channel.position());
    }
    assertEquals("456789", Files.readString(place.path("target")));
  }

  private static void modes(Place place) throws Exception {
    Path file = place.file("file", "0123456789");
    ByteBuffer buffer = ByteBuffer.allocate(1);
    FileChannel reading = FileChannel.open(file, READ);
    FileChannel writing = FileChannel.open(file, WRITE);
    assertThrows(NonWritableChannelException.class, () -> reading.write(buffer));
    assertThrows(NonWritableChannelException.class, () -> reading.write(buffer, 0));
    assertThrows(NonReadableChannelException.class, () -> writing.read(buffer));
    assertThrows(NonReadableChannelException.class, () -> writing.read(buffer, 0));
    assertThrows(NonReadableChannelException.class, () -> writing.transferTo(0, 1, reading));
    reading.close();
    writing.close();
    for (Place.Change use :
        List.<Place.Change>of(
            () -> reading.write(buffer),
            () -> writing.read(buffer),
            () -> reading.truncate(0),
            reading::position,
            reading::size,
            () -> reading.force(true),
            reading::tryLock,
            () -> reading.map(FileChannel.MapMode.READ_ONLY, 0, 1))) {
      assertThrows(ClosedChannelException.class, use::make);
    }
    assertFalse(reading.isOpen());
  }
}
