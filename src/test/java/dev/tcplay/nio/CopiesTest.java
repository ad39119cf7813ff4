package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The library once more in a class loader of its own, as a plugin brings it. */
class CopiesTest extends RawImages {

  private static URLClassLoader plugin;
  private static FileSystemProvider copy;

  @BeforeAll
  static void load() throws Exception {
    URL[] places =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(CopiesTest::url)
            .toArray(URL[]::new);
    plugin = new URLClassLoader("plugin", places, ClassLoader.getPlatformClassLoader());
    Class<?> type = plugin.loadClass(TcplayFileSystemProvider.class.getName());
    assertNotSame(TcplayFileSystemProvider.class, type);
    copy = (FileSystemProvider) type.getConstructor().newInstance();
  }

  private static URL url(String place) {
    try {
      return Path.of(place).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @AfterAll
  static void close() throws IOException {
    plugin.close();
  }

  @Test
  void whatAPluginsCopyOpensIsFoundByEverybody() throws IOException {
    URI uri = uri(image("a.tc"));
    try (FileSystem opened = copy.newFileSystem(uri, RAW)) {
      assertSame(opened, FileSystems.getFileSystem(uri));
      assertSame(opened, copy.getFileSystem(uri));
      Path file = Path.of(URI.create(uri + "!/volume.img"));
      assertEquals(opened.getPath("/volume.img"), file);
      assertEquals(42, Files.readAllBytes(file)[0]);
      assertEquals(42, file.toUri().toURL().openStream().read());
      String refused =
          assertThrows(
                  FileSystemAlreadyExistsException.class, () -> FileSystems.newFileSystem(uri, RAW))
              .getMessage();
      assertTrue(refused.contains("by another copy of tcplay in this JVM"), refused);
      assertTrue(refused.contains(plugin.toString()), refused);
    }
    FileSystems.newFileSystem(uri, RAW).close();
  }

  @Test
  void whatTheInstalledOneOpensIsFoundByAPluginsCopy() throws IOException {
    URI uri = uri(image("a.tc"));
    try (FileSystem opened = FileSystems.newFileSystem(uri, RAW)) {
      assertSame(opened, copy.getFileSystem(uri));
      assertEquals(opened.getPath("/volume.img"), copy.getPath(URI.create(uri + "!/volume.img")));
      assertThrows(FileSystemAlreadyExistsException.class, () -> copy.newFileSystem(uri, RAW));
    }
    assertThrows(FileSystemNotFoundException.class, () -> copy.getFileSystem(uri));
    URI name = URI.create("tcplay://NAME/");
    assertThrows(FileSystemNotFoundException.class, () -> copy.getFileSystem(name));
    copy.newFileSystem(uri, RAW).close();
  }

  /** By path each copy opens for itself, and in one process the system has no lock between them. */
  @Test
  void whoIsRefusedByALockInTheSameProcessIsToldOfCopies() throws IOException {
    Path container = image("a.tc");
    try (FileSystem opened = FileSystems.newFileSystem(container, RAW)) {
      FileSystemException refused =
          assertThrows(FileSystemException.class, () -> copy.newFileSystem(container, RAW));
      assertEquals(
          "in use by this process, but by other code: perhaps by a copy of tcplay that another"
              + " class loader has loaded",
          refused.getReason());
      assertEquals(42, Files.readAllBytes(opened.getPath("/volume.img"))[0]);
    }
    copy.newFileSystem(container, RAW).close();
  }

  @Test
  void optionsOfACopysTypesAreNamedForWhatTheyAre() throws Exception {
    Object keys =
        plugin
            .loadClass("dev.tcplay.model.Keys")
            .getMethod("of", CharSequence.class)
            .invoke(null, "p");
    Path container = image("a.tc");
    for (Map<String, ?> env :
        List.<Map<String, ?>>of(Map.of("keys", keys), Map.of("protectionListener", listener()))) {
      String refused =
          assertThrows(
                  IllegalArgumentException.class, () -> FileSystems.newFileSystem(container, env))
              .getMessage();
      assertTrue(
          refused.endsWith("of another copy of tcplay, which another class loader has loaded"),
          refused);
    }
  }

  /** Returns an object of the application's that implements a type of the copy's. */
  private static Object listener() throws ClassNotFoundException {
    Class<?> type = plugin.loadClass("dev.tcplay.model.ProtectionListener");
    return Proxy.newProxyInstance(
        plugin, new Class<?>[] {type}, (proxy, method, arguments) -> null);
  }
}
