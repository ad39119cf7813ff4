package dev.tcplay.contract;

import static dev.tcplay.contract.Case.everywhere;
import static dev.tcplay.contract.Case.ours;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Points 86 to 92: attributes. */
final class AttributeCases {

  private static final Map<String, Class<? extends FileAttributeView>> VIEWS =
      Map.of(
          "basic", BasicFileAttributeView.class,
          "dos", DosFileAttributeView.class,
          "posix", PosixFileAttributeView.class,
          "owner", FileOwnerAttributeView.class,
          "user", UserDefinedFileAttributeView.class);

  private AttributeCases() {}

  static List<Case> all() {
    return List.of(
        ours("86", AttributeCases::views),
        everywhere("87", AttributeCases::read),
        everywhere("88", AttributeCases::set),
        ours("89", AttributeCases::times),
        everywhere("90", AttributeCases::keys),
        everywhere("91", AttributeCases::copies),
        ours("92", AttributeCases::liveView));
  }

  private static void views(Place place) throws Exception {
    Path file = place.file("file", "text");
    Set<String> offered = place.fileSystem().supportedFileAttributeViews();
    assertTrue(offered.contains("basic"));
    VIEWS.forEach(
        (name, type) -> {
          boolean has = offered.contains(name);
          assertEquals(has, Files.getFileAttributeView(file, type) != null, name);
          try {
            assertEquals(has, Files.getFileStore(file).supportsFileAttributeView(name), name);
            assertEquals(has, Files.getFileStore(file).supportsFileAttributeView(type), name);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          if (!has) {
            assertThrows(
                UnsupportedOperationException.class,
                () -> Files.readAttributes(file, name + ":*"),
                name);
          }
        });
  }

  private static void read(Place place) throws Exception {
    Path file = place.file("file", "text");
    assertEquals(
        Set.of("size", "lastModifiedTime"),
        Files.readAttributes(file, "size,lastModifiedTime").keySet());
    assertTrue(
        Files.readAttributes(file, "*")
            .keySet()
            .containsAll(Set.of("size", "isDirectory", "fileKey", "creationTime")));
    assertThrows(IllegalArgumentException.class, () -> Files.readAttributes(file, "basic:colour"));
    assertThrows(IllegalArgumentException.class, () -> Files.readAttributes(file, "size,colour"));
    assertThrows(
        UnsupportedOperationException.class, () -> Files.readAttributes(file, "paint:colour"));
    assertThrows(IllegalArgumentException.class, () -> Files.readAttributes(file, ""));
    assertThrows(IllegalArgumentException.class, () -> Files.readAttributes(file, "basic:"));
    assertThrows(NoSuchFileException.class, () -> Files.readAttributes(place.path("missing"), "*"));
    if (place.isOurs() && place.fileSystem().supportedFileAttributeViews().contains("dos")) {
      assertEquals(
          Map.of("hidden", false, "system", false),
          Files.readAttributes(file, "dos:hidden,system"));
    }
  }

  private static void set(Place place) throws Exception {
    Path file = place.file("file", "text");
    for (String fixed : List.of("isDirectory", "size", "fileKey")) {
      RuntimeException refusal =
          assertThrows(RuntimeException.class, () -> Files.setAttribute(file, fixed, 1L));
      assertTrue(
          refusal instanceof IllegalArgumentException
              || refusal instanceof UnsupportedOperationException);
    }
    assertThrows(
        ClassCastException.class, () -> Files.setAttribute(file, "lastModifiedTime", "now"));
    FileTime time = FileTime.from(1_600_000_000, TimeUnit.SECONDS);
    Files.setLastModifiedTime(file, time);
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    view.setTimes(null, null, null);
    assertEquals(time, view.readAttributes().lastModifiedTime());
  }

  private static void times(Place place) throws Exception {
    Path file = place.file("file", "text");
    FileTime odd = FileTime.from(1_600_000_001_999L, TimeUnit.MILLISECONDS);
    Files.setLastModifiedTime(file, odd);
    FileTime kept = Files.getLastModifiedTime(file);
    assertTrue(kept.compareTo(odd) <= 0 && kept.toMillis() >= odd.toMillis() - 2000);
    for (FileTime far :
        List.of(
            FileTime.fromMillis(0),
            FileTime.fromMillis(Long.MIN_VALUE),
            FileTime.fromMillis(Long.MAX_VALUE))) {
      Files.setLastModifiedTime(file, far);
      FileTime clipped = Files.getLastModifiedTime(file);
      Files.setLastModifiedTime(file, clipped);
      assertEquals(clipped, Files.getLastModifiedTime(file));
    }
  }

  private static void keys(Place place) throws Exception {
    Set<Object> keys = new HashSet<>();
    for (String name : List.of("a", "b", "c")) {
      Path file = place.file(name, "");
      Object key = key(file);
      assertTrue(keys.add(key));
      Files.write(file, Place.bytes(9000));
      assertEquals(key, key(file));
      assertEquals(key, key(Files.move(file, place.path(name + " moved"))));
    }
    assertTrue(keys.add(key(place.folder())));
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static void copies(Place place) throws Exception {
    Path file = place.file("file", "text");
    Map<String, Object> attributes = Files.readAttributes(file, "*");
    int size = attributes.size();
    if (place.isOurs()) {
      attributes.clear();
    }
    assertEquals(size, Files.readAttributes(file, "*").size());
    if (!place.fileSystem().supportedFileAttributeViews().contains("posix")) {
      throw new Case.NotOffered();
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    permissions.remove(PosixFilePermission.OWNER_READ);
    assertNotEquals(permissions, Files.getPosixFilePermissions(file));
  }

  private static void liveView(Place place) throws Exception {
    Path file = place.path("file");
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    assertThrows(NoSuchFileException.class, view::readAttributes);
    Files.writeString(file, "text");
    assertEquals(4, view.readAttributes().size());
    place.fileSystem().close();
    assertThrows(ClosedFileSystemException.class, view::readAttributes);
  }
}
