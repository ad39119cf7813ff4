package dev.tcplay.contract;

import static dev.tcplay.contract.Case.everywhere;
import static dev.tcplay.contract.Case.ours;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;

/** Points 48 to 55: what a path leads to, and what may be done with it. */
final class AccessCases {

  private AccessCases() {}

  static List<Case> all() {
    return List.of(
        everywhere("48", AccessCases::sameFile),
        everywhere("49", AccessCases::hidden),
        everywhere("50", AccessCases::access),
        everywhere("51", AccessCases::links),
        ours("52", AccessCases::exists),
        everywhere(
            "53",
            place ->
                assertThrows(
                    NoSuchFileException.class, () -> Files.getFileStore(place.path("missing")))),
        everywhere("54", AccessCases::initialAttributes),
        everywhere(
            "55",
            place -> {
              assertTrue(Files.isRegularFile(Files.createTempFile(place.folder(), "a", ".b")));
              assertTrue(Files.isDirectory(Files.createTempDirectory(place.folder(), "a")));
            }));
  }

  private static void sameFile(Place place) throws Exception {
    Path file = place.file("file", "text");
    Path missing = place.path("missing");
    assertTrue(Files.isSameFile(missing, place.path("missing")));
    assertThrows(NoSuchFileException.class, () -> Files.isSameFile(file, missing));
    assertThrows(NoSuchFileException.class, () -> Files.isSameFile(missing, file));
    Files.createDirectory(place.path("dir"));
    assertTrue(Files.isSameFile(file, place.path("dir/.././file")));
    assertFalse(Files.isSameFile(file, place.file("other", "text")));
    try (FileSystem others = Place.foreign()) {
      assertFalse(Files.isSameFile(file, others.getPath("/file")));
      assertFalse(Files.isSameFile(missing, others.getPath("/file")));
    }
  }

  /** Where there is a DOS attribute for it, that decides; elsewhere the dot. */
  private static void hidden(Place place) throws Exception {
    Path dot = place.file(".file", "text");
    boolean byName =
        !place.isOurs() || !place.fileSystem().supportedFileAttributeViews().contains("dos");
    assertEquals(byName, Files.isHidden(dot));
    if (!byName) {
      Path file = place.file("file", "text");
      Files.setAttribute(file, "dos:hidden", true);
      assertTrue(Files.isHidden(file));
    }
  }

  private static void access(Place place) throws Exception {
    FileSystemProvider provider = place.fileSystem().provider();
    Path file = place.file("file", "text");
    provider.checkAccess(file);
    provider.checkAccess(file, AccessMode.READ, AccessMode.WRITE);
    assertThrows(NoSuchFileException.class, () -> provider.checkAccess(place.path("missing")));
    assertThrows(AccessDeniedException.class, () -> provider.checkAccess(file, AccessMode.EXECUTE));
    provider.checkAccess(place.folder(), AccessMode.EXECUTE);
    if (place.isOurs() && place.fileSystem().supportedFileAttributeViews().contains("dos")) {
      Files.setAttribute(file, "dos:readonly", true);
      assertThrows(AccessDeniedException.class, () -> provider.checkAccess(file, AccessMode.WRITE));
      Files.setAttribute(file, "dos:readonly", false);
    }
  }

  private static void links(Place place) throws Exception {
    Path file = place.file("file", "text");
    Path link = place.path("link");
    Path hard = place.path("hard");
    try {
      Files.createSymbolicLink(link, file);
    } catch (UnsupportedOperationException e) {
      assertThrows(UnsupportedOperationException.class, () -> Files.createLink(hard, file));
      assertThrows(UnsupportedOperationException.class, () -> Files.readSymbolicLink(file));
      assertTrue(Files.notExists(link) && Files.notExists(hard));
      throw new Case.NotOffered();
    }
    Files.createLink(hard, file);
    assertEquals(file, Files.readSymbolicLink(link));
    assertTrue(Files.isSameFile(link, hard));
  }

  private static void exists(Place place) throws Exception {
    Class<?> provider = place.fileSystem().provider().getClass();
    assertEquals(
        List.of("exists", "readAttributesIfExists"),
        Arrays.stream(provider.getDeclaredMethods())
            .map(Method::getName)
            .filter(name -> name.endsWith("xists"))
            .distinct()
            .sorted()
            .toList());
    assertTrue(Files.exists(place.folder()));
    assertFalse(Files.exists(place.path("missing")));
  }

  private static void initialAttributes(Place place) throws Exception {
    Path file = place.path("file");
    FileAttribute<String> unknown =
        new FileAttribute<>() {
          @Override
          public String name() {
            return "acl:colour";
          }

          @Override
          public String value() {
            return "blue";
          }
        };
    assertThrows(UnsupportedOperationException.class, () -> Files.createFile(file, unknown));
    assertThrows(UnsupportedOperationException.class, () -> Files.createDirectory(file, unknown));
    assertTrue(Files.notExists(file));
    Files.createFile(file);
    assertThrows(
        UnsupportedOperationException.class, () -> Files.setAttribute(file, "acl:colour", "blue"));
  }
}
