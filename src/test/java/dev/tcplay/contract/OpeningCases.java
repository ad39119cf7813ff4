package dev.tcplay.contract;

import static dev.tcplay.contract.Case.opened;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.nio.TcplayFileSystemProvider;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;

/** Points 1 to 12, 16, 17, 19 and 20: registration, URIs, opening and closing. */
final class OpeningCases {

  private static final Map<String, String> PLAIN = Place.PLAIN;

  private OpeningCases() {}

  static List<Case> all() {
    return List.of(
        opened("1", place -> assertTrue(installed() instanceof TcplayFileSystemProvider)),
        opened(
            "2",
            place -> TcplayFileSystemProvider.class.getConstructor().newInstance().getScheme()),
        opened("3", OpeningCases::schemes),
        opened("4", OpeningCases::openTwice),
        opened("5", OpeningCases::openByPath),
        opened("6", OpeningCases::notOurs),
        opened("7", OpeningCases::notOpen),
        opened(
            "8",
            place -> {
              assertEquals(place.fileSystem().getPath("/a"), Path.of(place.uri("/a")));
              URI missing = URI.create("tcplay:" + place.host("missing").toUri() + "!/a");
              assertThrows(FileSystemNotFoundException.class, () -> Path.of(missing));
            }),
        opened("9", place -> assertSame(installed(), place.fileSystem().provider())),
        opened("10", OpeningCases::uriAndBack),
        opened(
            "11",
            place ->
                assertSame(
                    place.fileSystem(),
                    new TcplayFileSystemProvider().getFileSystem(place.uri("/")))),
        opened("12", OpeningCases::openAgain),
        opened("16", OpeningCases::closeWrites),
        opened("17", OpeningCases::readOnly),
        opened("19", OpeningCases::url),
        opened("20", OpeningCases::env));
  }

  private static FileSystemProvider installed() {
    return FileSystemProvider.installedProviders().stream()
        .filter(provider -> provider.getScheme().equals("tcplay"))
        .findFirst()
        .orElseThrow();
  }

  private static void schemes(Place place) {
    URI upper = URI.create(place.uri("/a").toString().replaceFirst("tcplay", "TcPlay"));
    assertEquals(place.fileSystem().getPath("/a"), Path.of(upper));
    URI wrong = URI.create("tcplayer:" + place.image().toUri());
    assertThrows(IllegalArgumentException.class, () -> installed().getPath(wrong));
    assertThrows(IllegalArgumentException.class, () -> installed().getFileSystem(wrong));
    assertThrows(IllegalArgumentException.class, () -> installed().newFileSystem(wrong, PLAIN));
  }

  private static void openTwice(Place place) throws Exception {
    Path link = Files.createSymbolicLink(place.host("link.img"), place.image());
    for (Path name : List.of(place.image(), link)) {
      URI uri = URI.create("tcplay:" + name.toUri());
      assertThrows(
          FileSystemAlreadyExistsException.class, () -> FileSystems.newFileSystem(uri, PLAIN));
    }
  }

  private static void openByPath(Place place) throws Exception {
    place.fileSystem().close();
    Map<String, String> env = Map.of("format", "plain", "readOnly", "true");
    try (FileSystem one = FileSystems.newFileSystem(place.image(), env);
        FileSystem two = FileSystems.newFileSystem(place.image(), env)) {
      assertTrue(one.isOpen() && two.isOpen());
      assertThrows(
          FileSystemNotFoundException.class, () -> FileSystems.getFileSystem(place.uri("/")));
    }
  }

  private static void notOurs(Place place) throws Exception {
    Path text = Files.writeString(place.host("text"), "text");
    for (Map<String, String> env : List.of(Map.<String, String>of(), Map.of("encoding", "x"))) {
      assertThrows(UnsupportedOperationException.class, () -> installed().newFileSystem(text, env));
    }
    assertThrows(
        UnsupportedOperationException.class,
        () -> installed().newFileSystem(place.host("."), PLAIN));
  }

  private static void notOpen(Place place) throws Exception {
    URI uri = place.uri("/");
    assertSame(place.fileSystem(), FileSystems.getFileSystem(uri));
    place.fileSystem().close();
    assertThrows(FileSystemNotFoundException.class, () -> FileSystems.getFileSystem(uri));
  }

  private static void uriAndBack(Place place) throws Exception {
    for (String name : List.of("a b", "100%", "a#b", "a?b", "ünï 日本", "+&=;@", "a!b")) {
      Path path = place.fileSystem().getPath("/dir", name);
      assertEquals(path, Path.of(path.toUri()), name);
      assertTrue(path.toUri().isAbsolute());
      assertEquals(path.toUri(), place.fileSystem().getPath("dir", name).toUri());
    }
  }

  private static void openAgain(Place place) throws Exception {
    Path file = place.file("kept", "contents");
    place.fileSystem().close();
    try (FileSystem again = FileSystems.newFileSystem(place.uri("/"), PLAIN)) {
      assertEquals("contents", Files.readString(again.getPath(file.toString())));
    }
  }

  private static void closeWrites(Place place) throws Exception {
    byte[] bytes = Place.bytes(100_000);
    Path file = Files.write(place.path("file"), bytes);
    place.fileSystem().close();
    place.fileSystem().close();
    try (FileSystem again = FileSystems.newFileSystem(place.image(), PLAIN)) {
      assertArrayEquals(bytes, Files.readAllBytes(again.getPath(file.toString())));
    }
  }

  private static void readOnly(Place place) throws Exception {
    String name = place.file("file", "text").toString();
    place.fileSystem().close();
    Map<String, String> env = Map.of("format", "plain", "readOnly", "true");
    try (FileSystem readOnly = FileSystems.newFileSystem(place.image(), env)) {
      assertTrue(readOnly.isReadOnly());
      Path file = readOnly.getPath(name);
      Path other = file.resolveSibling("other");
      for (Place.Change change :
          List.<Place.Change>of(
              () -> Files.write(file, new byte[1]),
              () -> Files.createFile(other),
              () -> Files.createDirectory(other),
              () -> Files.delete(file),
              () -> Files.copy(file, other),
              () -> Files.move(file, other),
              () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)))) {
        assertThrows(ReadOnlyFileSystemException.class, change::make);
      }
    }
  }

  private static void url(Place place) throws Exception {
    Path file = place.file("a b#c", "by URL");
    assertArrayEquals(Files.readAllBytes(file), file.toUri().toURL().openStream().readAllBytes());
  }

  private static void env(Place place) throws Exception {
    place.fileSystem().close();
    for (String key : List.of("readOnly", "not.ours")) {
      IllegalArgumentException wrong =
          assertThrows(
              IllegalArgumentException.class,
              () -> FileSystems.newFileSystem(place.image(), Map.of("format", "plain", key, 1)));
      assertTrue(wrong.getMessage().contains(key), wrong.getMessage());
    }
    for (Object yes : List.of(true, "true")) {
      Map<String, Object> env = Map.of("format", "plain", "readOnly", yes);
      try (FileSystem opened = FileSystems.newFileSystem(place.image(), env)) {
        assertTrue(opened.isReadOnly());
      }
    }
    try (FileSystem opened =
        FileSystems.newFileSystem(place.image(), Map.of("format", "plain", "readOnly", false))) {
      assertFalse(opened.isReadOnly());
    }
  }
}
