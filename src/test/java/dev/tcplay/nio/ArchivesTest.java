package dev.tcplay.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives as file systems, wherever they lie. */
class ArchivesTest {

  private static final String KEY = "x";

  @TempDir private Path folder;
  private Path zip;

  @BeforeEach
  void makeZip() throws IOException {
    zip = folder.resolve("a.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream zipping = new ZipOutputStream(out)) {
      zipping.putNextEntry(new ZipEntry("dir/file"));
      zipping.write("packed ".repeat(10_000).getBytes(UTF_8));
    }
  }

  private static void check(FileSystem archive) throws IOException {
    assertTrue(archive.isReadOnly());
    assertEquals("packed ".repeat(10_000), Files.readString(archive.getPath("/dir/file")));
    try (Stream<Path> all = Files.list(archive.getPath("/dir"))) {
      assertEquals(1, all.count());
    }
    assertThrows(
        ReadOnlyFileSystemException.class, () -> Files.createFile(archive.getPath("/new")));
  }

  private static Path container(Path place, Path content, long size) throws IOException {
    Tcplay.create(place).size(size).password(KEY).pim(1).quick(true).create();
    try (FileSystem volume = open(place)) {
      Files.copy(content, volume.getPath("/").resolve(content.getFileName().toString()));
    }
    return place;
  }

  private static FileSystem open(Path container) throws IOException {
    return Tcplay.open(container).password(KEY).pim(1).hash("sha512").cipher("aes").mount();
  }

  @Test
  void aPlainFileThatIsAnArchiveIsShown() throws IOException {
    try (FileSystem archive = Tcplay.open(zip).format("plain").mount()) {
      check(archive);
    }
  }

  @Test
  void soIsAZipInAContainerInAContainer() throws IOException {
    Path inner = container(folder.resolve("inner.hc"), zip, 400 << 10);
    Path outer = container(folder.resolve("outer.hc"), inner, 2 << 20);
    try (FileSystem first = open(outer);
        FileSystem second = open(first.getPath("/inner.hc"));
        FileSystem archive = Tcplay.open(second.getPath("/a.zip")).format("plain").mount()) {
      check(archive);
    }
  }

  @Test
  void aVolumeThatIsAnArchiveIsShownThoughItIsLonger() throws IOException {
    Path place = folder.resolve("volume.hc");
    Tcplay.create(place)
        .size(600 << 10)
        .password(KEY)
        .pim(1)
        .filesystem("raw")
        .quick(true)
        .create();
    try (FileSystem raw = Tcplay.open(place).password(KEY).pim(1).filesystem("raw").mount()) {
      byte[] noise = new byte[50_000];
      new Random(1).nextBytes(noise);
      byte[] bytes = Files.readAllBytes(zip);
      byte[] both = Arrays.copyOf(bytes, bytes.length + noise.length);
      System.arraycopy(noise, 0, both, bytes.length, noise.length);
      try (OutputStream out =
          Files.newOutputStream(raw.getPath("/volume.img"), StandardOpenOption.WRITE)) {
        out.write(both);
      }
    }
    try (FileSystem archive = open(place)) {
      check(archive);
      assertEquals("tcplay:zip", archive.getFileStores().iterator().next().type());
    }
  }

  @Test
  void whoAsksByNameForWhatIsNoneIsTold() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no archive ".repeat(100));
    FileSystemException e =
        assertThrows(
            FileSystemException.class,
            () -> Tcplay.open(text).format("plain").filesystem("archive").mount());
    assertTrue(e.getReason().contains("those of no archive"), e::getReason);
  }

  /** The library as it is, but without what the driver needs. */
  @Test
  void withoutCommonsCompressThereIsNoSuchDriverAndWhoAsksIsTold() throws Exception {
    URL[] places =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(place -> !place.contains("commons-compress"))
            .map(Path::of)
            .map(
                place -> {
                  try {
                    return place.toUri().toURL();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .toArray(URL[]::new);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      Object provider =
          loader
              .loadClass("dev.tcplay.nio.TcplayFileSystemProvider")
              .getConstructor()
              .newInstance();
      Method mount = provider.getClass().getMethod("newFileSystem", Path.class, Map.class);
      try (FileSystem raw = (FileSystem) mount.invoke(provider, zip, Map.of("format", "plain"))) {
        assertTrue(Files.exists(raw.getPath("/volume.img")));
        assertFalse(Files.exists(raw.getPath("/dir")));
      }
      Exception e =
          assertThrows(
              InvocationTargetException.class,
              () ->
                  mount.invoke(provider, zip, Map.of("format", "plain", "filesystem", "archive")));
      String message = e.getCause().getMessage();
      assertTrue(
          message.contains("archives need org.apache.commons:commons-compress on the class path"),
          message);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
