package dev.tcplay.contract;

import static dev.tcplay.contract.Case.caseless;
import static dev.tcplay.contract.Case.everywhere;
import static dev.tcplay.contract.Case.ours;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** Points 41 to 47: copies and moves. */
final class TransferCases {

  /** A time that every format can keep. */
  private static final FileTime EARLIER = FileTime.fromMillis(1_600_000_000_000L);

  private TransferCases() {}

  static List<Case> all() {
    return List.of(
        everywhere("41", TransferCases::copy),
        everywhere("42", TransferCases::copyAttributes),
        everywhere(
            "43",
            place -> {
              Path file = place.file("file", "text");
              assertThrows(
                  UnsupportedOperationException.class,
                  () -> Files.copy(file, place.path("copy"), ATOMIC_MOVE));
            }),
        everywhere("44", TransferCases::move),
        everywhere("45", TransferCases::moveAtomically),
        caseless("46", TransferCases::respell),
        ours("47", TransferCases::betweenProviders));
  }

  private static void copy(Place place) throws Exception {
    Path file = place.file("file", "text");
    Path other = place.file("other", "other text");
    assertThrows(FileAlreadyExistsException.class, () -> Files.copy(file, other));
    Files.copy(file, file);
    assertEquals("text", Files.readString(file));
    Files.copy(file, other, REPLACE_EXISTING);
    assertEquals("text", Files.readString(other));
    Path full = Files.createDirectories(place.path("full/inner")).getParent();
    Path copy = Files.copy(full, place.path("copy"));
    assertFalse(Files.exists(copy.resolve("inner")));
    assertThrows(DirectoryNotEmptyException.class, () -> Files.copy(file, full, REPLACE_EXISTING));
    Files.copy(file, copy, REPLACE_EXISTING);
    assertTrue(Files.isRegularFile(copy));
  }

  private static void copyAttributes(Place place) throws Exception {
    Path file = place.file("file", "text");
    Files.setLastModifiedTime(file, EARLIER);
    boolean dos =
        place.isOurs() && place.fileSystem().supportedFileAttributeViews().contains("dos");
    if (dos) {
      Files.setAttribute(file, "dos:hidden", true);
    }
    Path copy = Files.copy(file, place.path("copy"), COPY_ATTRIBUTES);
    assertEquals(EARLIER, Files.getLastModifiedTime(copy));
    assertEquals(dos, dos && Files.isHidden(copy));
  }

  private static void move(Place place) throws Exception {
    Path dir = Files.createDirectories(place.path("dir/inner")).getParent();
    Path file = Files.writeString(dir.resolve("file"), "text");
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      Path moved = Files.move(dir, place.path("moved"));
      assertEquals("text", Files.readString(moved.resolve("file")));
      assertTrue(Files.isDirectory(moved.resolve("inner")));
      assertEquals(4, channel.read(ByteBuffer.allocate(9)));
      assertThrows(
          FileSystemException.class, () -> Files.move(moved, moved.resolve("inner/moved")));
      Files.move(moved, moved);
      assertThrows(
          FileAlreadyExistsException.class, () -> Files.move(moved, place.file("another", "text")));
    }
  }

  private static void moveAtomically(Place place) throws Exception {
    Path file = place.file("file", "text");
    Path other = place.file("other", "other text");
    Files.move(file, other, ATOMIC_MOVE);
    assertEquals("text", Files.readString(other));
    assertTrue(Files.notExists(file));
    try (FileSystem others = Place.foreign()) {
      assertThrows(
          AtomicMoveNotSupportedException.class,
          () -> Files.move(other, others.getPath("/file"), ATOMIC_MOVE));
    }
    assertEquals("text", Files.readString(other));
  }

  private static void respell(Place place) throws Exception {
    Path file = place.file("a name.txt", "text");
    Files.move(file, place.path("A Name.TXT"));
    assertEquals("A Name.TXT", file.toRealPath().getFileName().toString());
    assertEquals("text", Files.readString(place.path("a NAME.txt")));
  }

  private static void betweenProviders(Place place) throws Exception {
    byte[] bytes = Place.bytes(70_000);
    Path file = Files.write(place.path("file"), bytes);
    Files.setLastModifiedTime(file, EARLIER);
    try (FileSystem others = Place.foreign()) {
      for (Path away : List.of(others.getPath("/away"), place.host("away"))) {
        Files.copy(file, away, COPY_ATTRIBUTES);
        assertEquals(EARLIER, Files.getLastModifiedTime(away));
        Path back = Files.move(away, place.path("back"), REPLACE_EXISTING);
        assertArrayEquals(bytes, Files.readAllBytes(back));
        assertEquals(EARLIER, Files.getLastModifiedTime(back));
        assertTrue(Files.notExists(away));
        try (InputStream in = Files.newInputStream(back)) {
          assertEquals(bytes.length, Files.copy(in, away));
        }
      }
    }
  }
}
