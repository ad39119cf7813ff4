package dev.tcplay.contract;

import static dev.tcplay.contract.Case.everywhere;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Points 21 to 33: paths of others, and the options files are opened with. */
@SuppressWarnings("ReturnValueIgnored") // refusals are the point
final class OpenOptionCases {

  private static final int THREADS = 4;

  /** An option that nobody knows. */
  private enum Unknown implements OpenOption, CopyOption {
    OPTION
  }

  private OpenOptionCases() {}

  static List<Case> all() {
    return List.of(
        everywhere("21", OpenOptionCases::otherProvider),
        everywhere(
            "22",
            place -> {
              try (SeekableByteChannel channel =
                  Files.newByteChannel(place.file("file", "text"), Set.of())) {
                assertEquals(4, channel.read(ByteBuffer.allocate(9)));
              }
            }),
        everywhere(
            "23",
            place -> {
              Path file = place.file("file", "text");
              refuses(file, READ, APPEND);
              refuses(file, APPEND, TRUNCATE_EXISTING);
            }),
        everywhere("24", OpenOptionCases::create),
        everywhere(
            "25",
            place -> {
              Path file = place.file("file", "text");
              Files.newByteChannel(file, READ, TRUNCATE_EXISTING).close();
              assertEquals(4, Files.size(file));
            }),
        everywhere("26", OpenOptionCases::deleteOnClose),
        everywhere(
            "27",
            place -> {
              for (OpenOption sync : List.of(SYNC, DSYNC)) {
                Path file = Files.writeString(place.path("file"), "text", CREATE, WRITE, sync);
                assertEquals("text", Files.readString(file));
              }
            }),
        everywhere(
            "28",
            place -> {
              Files.newByteChannel(place.path("file"), CREATE_NEW, WRITE, SPARSE).close();
              assertEquals(0, Files.size(place.path("file")));
            }),
        everywhere("29", OpenOptionCases::unknown),
        everywhere("30", OpenOptionCases::openDirectory),
        everywhere(
            "31",
            place -> {
              try (FileChannel channel = FileChannel.open(place.path("file"), CREATE_NEW, WRITE)) {
                assertEquals(3, channel.write(ByteBuffer.allocate(3), 4));
                assertEquals(7, channel.size());
              }
            }),
        everywhere("32", OpenOptionCases::asynchronous),
        everywhere("33", OpenOptionCases::streams));
  }

  private static void refuses(Path file, OpenOption... options) {
    assertThrows(IllegalArgumentException.class, () -> Files.newByteChannel(file, options));
    assertThrows(IllegalArgumentException.class, () -> FileChannel.open(file, options));
  }

  private static void otherProvider(Place place) throws Exception {
    FileSystemProvider provider = place.fileSystem().provider();
    Path ours = place.file("file", "text");
    try (FileSystem others = Place.foreign()) {
      Path theirs = others.getPath("/a");
      for (Place.Change use :
          List.<Place.Change>of(
              () -> provider.newByteChannel(theirs, Set.of()),
              () -> provider.newDirectoryStream(theirs, path -> true),
              () -> provider.createDirectory(theirs),
              () -> provider.delete(theirs),
              () -> provider.copy(ours, theirs),
              () -> provider.move(theirs, ours),
              () -> provider.checkAccess(theirs),
              () -> provider.isHidden(theirs),
              () -> provider.getFileStore(theirs),
              () -> provider.readAttributes(theirs, "*"),
              () -> provider.readAttributes(theirs, BasicFileAttributes.class),
              () -> provider.setAttribute(theirs, "size", 1),
              () -> ours.resolve(theirs),
              () -> ours.relativize(theirs))) {
        assertThrows(ProviderMismatchException.class, use::make);
      }
      assertFalse(ours.startsWith(theirs) || ours.endsWith(theirs) || ours.equals(theirs));
      assertThrows(ClassCastException.class, () -> ours.compareTo(theirs));
    }
    assertThrows(NullPointerException.class, () -> provider.delete(null));
    assertThrows(NullPointerException.class, () -> provider.checkAccess(null));
    assertThrows(NullPointerException.class, () -> provider.newByteChannel(null, Set.of()));
  }

  private static void create(Place place) throws Exception {
    Path file = place.path("file");
    assertThrows(NoSuchFileException.class, () -> Files.newByteChannel(file, WRITE));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Boolean>> makers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        makers.add(
            threads.submit(
                () -> {
                  try {
                    Files.newByteChannel(file, CREATE_NEW, WRITE).close();
                    return true;
                  } catch (FileAlreadyExistsException e) {
                    return false;
                  }
                }));
      }
      int made = 0;
      for (Future<Boolean> maker : makers) {
        made += maker.get() ? 1 : 0;
      }
      assertEquals(1, made);
    } finally {
      threads.shutdownNow();
    }
    Files.newByteChannel(file, CREATE, WRITE).close();
  }

  private static void deleteOnClose(Place place) throws Exception {
    Path file = place.file("file", "text");
    Files.newByteChannel(file, READ, DELETE_ON_CLOSE).close();
    assertFalse(Files.exists(file));
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, CREATE_NEW, WRITE, DELETE_ON_CLOSE)) {
      channel.write(ByteBuffer.allocate(5));
    }
    assertFalse(Files.exists(file));
  }

  private static void unknown(Place place) throws Exception {
    Path file = place.file("file", "text");
    Path other = place.path("other");
    Class<UnsupportedOperationException> refused = UnsupportedOperationException.class;
    assertThrows(refused, () -> Files.newByteChannel(file, Unknown.OPTION));
    assertThrows(refused, () -> FileChannel.open(file, Unknown.OPTION));
    assertThrows(refused, () -> AsynchronousFileChannel.open(file, Unknown.OPTION));
    assertThrows(refused, () -> Files.copy(file, other, Unknown.OPTION));
    assertThrows(refused, () -> Files.move(file, other, Unknown.OPTION));
    OpenOption none = null;
    CopyOption noCopy = null;
    assertThrows(NullPointerException.class, () -> Files.newByteChannel(file, none));
    assertThrows(NullPointerException.class, () -> Files.copy(file, other, noCopy));
    assertThrows(NullPointerException.class, () -> Files.move(file, other, noCopy));
    assertThrows(
        NullPointerException.class, () -> Files.getLastModifiedTime(file, (LinkOption) null));
  }

  private static void openDirectory(Place place) throws Exception {
    try (FileChannel channel = FileChannel.open(place.folder(), READ)) {
      channel.force(true);
      assertThrows(IOException.class, () -> channel.read(ByteBuffer.allocate(1)));
    }
    assertThrows(IOException.class, () -> FileChannel.open(place.folder(), WRITE));
  }

  private static void asynchronous(Place place) throws Exception {
    Path file = place.file("file", "text");
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try (AsynchronousFileChannel pooled = AsynchronousFileChannel.open(file);
        AsynchronousFileChannel own =
            AsynchronousFileChannel.open(file, Set.of(READ, WRITE), threads)) {
      assertEquals(3, pooled.read(ByteBuffer.allocate(9), 1).get());
      assertEquals(2, own.write(ByteBuffer.allocate(2), 4).get());
      assertEquals(6, pooled.size());
      assertNotEquals(null, own.lock().get());
    } finally {
      threads.shutdownNow();
    }
    assertThrows(
        UnsupportedOperationException.class, () -> AsynchronousFileChannel.open(file, APPEND));
  }

  private static void streams(Place place) throws Exception {
    Path file = place.file("file", "text");
    assertThrows(UnsupportedOperationException.class, () -> Files.newInputStream(file, APPEND));
    assertThrows(UnsupportedOperationException.class, () -> Files.newInputStream(file, WRITE));
    assertThrows(IllegalArgumentException.class, () -> Files.newOutputStream(file, READ));
    Files.newOutputStream(file).close();
    assertEquals(0, Files.size(file));
    Files.newInputStream(file, DELETE_ON_CLOSE).close();
    assertTrue(Files.notExists(file));
  }
}
