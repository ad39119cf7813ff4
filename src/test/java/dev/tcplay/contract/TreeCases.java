package dev.tcplay.contract;

import static dev.tcplay.contract.Case.everywhere;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Points 34 to 40 and 55a to 55c: directories, deleting, and what exceptions name. */
@SuppressWarnings("StreamResourceLeak") // refusals and closing are the point
final class TreeCases {

  private static final int THREADS = 4;

  private TreeCases() {}

  static List<Case> all() {
    return List.of(
        everywhere("34", TreeCases::openStream),
        everywhere("35", TreeCases::iterators),
        everywhere("36", TreeCases::entries),
        everywhere("37", TreeCases::secure),
        everywhere("38", TreeCases::createDirectory),
        everywhere("39", TreeCases::delete),
        everywhere("40", TreeCases::deleteRaces),
        everywhere("55a", TreeCases::names),
        everywhere("55b", TreeCases::relative),
        everywhere("55c", TreeCases::readers));
  }

  private static void openStream(Place place) throws Exception {
    Path file = place.file("file", "text");
    assertThrows(NotDirectoryException.class, () -> Files.newDirectoryStream(file));
    assertThrows(NoSuchFileException.class, () -> Files.newDirectoryStream(place.path("missing")));
    IOException reason = new IOException("no");
    DirectoryStream.Filter<Path> fails =
        path -> {
          throw reason;
        };
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(place.folder(), fails)) {
      Iterator<Path> iterator = stream.iterator();
      DirectoryIteratorException wrapped =
          assertThrows(DirectoryIteratorException.class, iterator::hasNext);
      assertEquals(reason, wrapped.getCause());
    }
  }

  private static void iterators(Place place) throws Exception {
    for (int i = 0; i < 3; i++) {
      place.file("file" + i, "text");
    }
    DirectoryStream<Path> stream = Files.newDirectoryStream(place.folder());
    Iterator<Path> iterator = stream.iterator();
    assertThrows(IllegalStateException.class, stream::iterator);
    assertTrue(iterator.hasNext());
    stream.close();
    stream.close();
    iterator.next();
    assertFalse(iterator.hasNext());
    DirectoryStream<Path> closed = Files.newDirectoryStream(place.folder());
    closed.close();
    assertThrows(IllegalStateException.class, closed::iterator);
  }

  private static void entries(Place place) throws Exception {
    Files.createDirectories(place.path("dir/inner"));
    Files.writeString(place.path("dir/file"), "text");
    assertEquals(Set.of(place.path("dir/inner"), place.path("dir/file")), list(place.path("dir")));
    if (place.isOurs()) {
      Path relative = place.fileSystem().getPath("/").relativize(place.path("dir"));
      assertEquals(Set.of(relative.resolve("inner"), relative.resolve("file")), list(relative));
    }
  }

  private static Set<Path> list(Path directory) throws IOException {
    Set<Path> entries = new HashSet<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    }
    return entries;
  }

  private static void secure(Place place) throws Exception {
    place.file("file", "text");
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(place.folder())) {
      if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
        throw new Case.NotOffered();
      }
      Path moved = Files.move(place.folder(), place.folder().resolveSibling("moved"));
      secure.deleteFile(moved.getFileSystem().getPath("file"));
      assertEquals(Set.of(), list(moved));
    }
  }

  private static void createDirectory(Place place) throws Exception {
    Path file = place.file("file", "text");
    assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(place.folder()));
    assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(file));
    assertThrows(NoSuchFileException.class, () -> Files.createDirectory(place.path("missing/dir")));
    assertThrows(FileSystemException.class, () -> Files.createDirectory(file.resolve("dir")));
  }

  private static void delete(Place place) throws Exception {
    Path file = Files.createDirectory(place.path("dir")).resolve("file");
    Files.createFile(file);
    assertThrows(NoSuchFileException.class, () -> Files.delete(place.path("missing")));
    assertThrows(DirectoryNotEmptyException.class, () -> Files.delete(place.path("dir")));
    assertThrows(FileSystemException.class, () -> Files.delete(place.path("dir/.")));
    Files.delete(file);
    Files.delete(place.path("dir"));
    Path empty = Files.createDirectory(place.path("empty"));
    assertThrows(FileSystemException.class, () -> Files.delete(empty.resolve(".")));
    assertTrue(Files.isDirectory(empty));
    assertThrows(FileSystemException.class, () -> Files.delete(place.folder().getRoot()));
  }

  private static void deleteRaces(Place place) throws Exception {
    Path file = place.file("file", "text");
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Boolean>> deleters = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        deleters.add(threads.submit(() -> Files.deleteIfExists(file)));
      }
      int deleted = 0;
      for (Future<Boolean> deleter : deleters) {
        deleted += deleter.get() ? 1 : 0;
      }
      assertEquals(1, deleted);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void names(Place place) {
    Path missing = place.path("dir/../missing");
    for (Place.Change use :
        List.<Place.Change>of(
            () -> Files.size(missing),
            () -> Files.newByteChannel(missing),
            () -> Files.delete(missing),
            () -> Files.newDirectoryStream(missing),
            () -> Files.move(missing, place.path("other")),
            () -> Files.getFileStore(missing))) {
      FileSystemException failure = assertThrows(FileSystemException.class, use::make);
      assertEquals(missing.toString(), failure.getFile());
      assertTrue(failure.getMessage().contains(missing.toString()));
      assertFalse(failure.getMessage().contains("volume.img"));
    }
  }

  private static void relative(Place place) throws Exception {
    Path root = place.fileSystem().getPath("").toAbsolutePath();
    Path folder = root.relativize(place.folder());
    Path file = Files.writeString(folder.resolve("file"), "text");
    assertEquals("text", Files.readString(place.path("file")));
    assertTrue(Files.isSameFile(file, folder.resolve("./dir/../file").normalize()));
    assertTrue(Files.isDirectory(place.fileSystem().getPath("")));
    assertTrue(Files.isDirectory(place.fileSystem().getPath(".")));
    Path temporary = Files.createTempFile(folder, "a", "b");
    assertEquals(folder, temporary.getParent());
    assertEquals(place.folder().toRealPath(), folder.toRealPath());
    Files.delete(Files.move(file, folder.resolve("moved")));
  }

  private static void readers(Place place) throws Exception {
    byte[] bytes = Place.bytes(70_001);
    Path one = Files.write(place.path("one"), bytes);
    Path two = Files.copy(one, place.path("two"));
    assertEquals(-1, Files.mismatch(one, two));
    assertEquals(bytes.length, Files.readAllBytes(one).length);
    bytes[70_000]++;
    assertEquals(70_000, Files.mismatch(one, Files.write(two, bytes)));
  }
}
