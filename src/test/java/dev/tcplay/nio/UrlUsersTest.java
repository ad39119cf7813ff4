package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

/** What the JDK and Spring do with URLs of a volume. */
class UrlUsersTest extends UrlVolume {

  /** Loaded from the volume, where nothing else of the tests is. */
  public static final class Service implements Supplier<String> {
    @Override
    public String get() {
      return "service of " + getClass().getClassLoader().getParent();
    }
  }

  private static final String SERVICE = Service.class.getName();
  private static final String SERVICE_FILE = SERVICE.replace('.', '/') + ".class";

  private void put(String name, byte[] contents) throws IOException {
    for (Path folder : List.of(inside, outside)) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, contents);
    }
  }

  private void put(String name, String contents) throws IOException {
    put(name, contents.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] service() throws IOException {
    try (InputStream bytes = UrlUsersTest.class.getResourceAsStream("/" + SERVICE_FILE)) {
      return bytes.readAllBytes();
    }
  }

  /** Loads all there is from a folder, and tells what came. */
  private static List<Object> load(Path folder) throws Exception {
    List<Object> found = new ArrayList<>();
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, null)) {
      Class<?> type = loader.loadClass(SERVICE);
      assertEquals(loader, type.getClassLoader());
      assertEquals(urls[0], type.getProtectionDomain().getCodeSource().getLocation());
      for (Supplier<?> service : ServiceLoader.load(Supplier.class, loader)) {
        found.add(service.get());
      }
      for (Locale locale : List.of(Locale.GERMAN, Locale.ROOT)) {
        found.add(ResourceBundle.getBundle("a.words", locale, loader).getString("hello"));
      }
      for (String name :
          List.of("a", "a/", "a/b c%20d!/e", "a/words.properties", "none", "a/../none", "é")) {
        URL url = loader.getResource(name);
        found.add(name + " " + (url != null));
        found.add(Collections.list(loader.getResources(name)).size());
        if (url != null) {
          try (InputStream stream = url.openStream()) {
            found.add(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return found;
  }

  @Test
  void aClassLoaderFindsWhatItFindsInTheDefaultFileSystem() throws Exception {
    put(SERVICE_FILE, service());
    put("META-INF/services/" + Supplier.class.getName(), SERVICE + "\n");
    put("a/words.properties", "hello = hello\n");
    put("a/words_de.properties", "hello = hallo\n");
    put("a/b c%20d!/e", "odd");
    put("é", "é");
    List<Object> found = load(outside);
    assertTrue(found.contains("hallo"), found::toString);
    assertEquals(found, load(inside));
  }

  @Test
  void imagesAreReadByUrl() throws IOException {
    // Otherwise it copies what it reads to a temporary file.
    ImageIO.setUseCache(false);
    BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 2, 0x123456);
    Path file = inside.resolve("an image.png");
    try (OutputStream stream = Files.newOutputStream(file)) {
      assertTrue(ImageIO.write(image, "png", stream));
    }
    BufferedImage read = ImageIO.read(file.toUri().toURL());
    assertEquals(0x123456, read.getRGB(3, 2) & 0xFFFFFF);
    assertEquals("image/png", file.toUri().toURL().openConnection().getContentType());
  }

  @Test
  void springReadsResources() throws IOException {
    put("a letter.txt", "Dear reader");
    put("other.txt", "other");
    Resource letter =
        new DefaultResourceLoader().getResource(inside.resolve("a letter.txt").toUri().toString());
    assertTrue(letter.exists());
    assertEquals("Dear reader", letter.getContentAsString(StandardCharsets.UTF_8));
    assertEquals(11, letter.contentLength());
    assertEquals("a letter.txt", letter.getFilename());
    assertEquals(
        Files.getLastModifiedTime(inside.resolve("a letter.txt")).toMillis(),
        letter.lastModified());
    assertFalse(letter.isFile());
    Resource other = letter.createRelative("other.txt");
    assertEquals("other", other.getContentAsString(StandardCharsets.UTF_8));
    assertFalse(letter.createRelative("none.txt").exists());
    Resource typed = new DefaultResourceLoader().getResource(uri(image) + "!/dir/a letter.txt");
    assertEquals("Dear reader", typed.getContentAsString(StandardCharsets.UTF_8));
    volume.close();
    assertFalse(letter.exists());
    assertThrows(IOException.class, letter::getInputStream);
  }

  @Test
  void noJarIsCopiedToTheTemporaryFolder() throws Exception {
    Path jar = inside.resolve("a.jar");
    try (FileSystem archive = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Path file = archive.getPath(SERVICE_FILE);
      Files.createDirectories(file.getParent());
      Files.write(file, service());
    }
    String text = jar.toUri().toString();
    for (String place : List.of(text, text.replace("!/", "%21/"))) {
      URL entry = new URL("jar:" + place + "!/" + SERVICE_FILE);
      IOException refused = assertThrows(IOException.class, entry::openStream);
      // Ours, before there is anything to copy.
      assertTrue(refused.getMessage().startsWith("the URL names a container"), refused::toString);
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      assertThrows(ClassNotFoundException.class, () -> loader.loadClass(SERVICE));
      assertNull(loader.getResource(SERVICE_FILE));
    }
    try (FileSystem archive = FileSystems.newFileSystem(jar)) {
      assertNotNull(Files.readAllBytes(archive.getPath(SERVICE_FILE)));
    }
  }
}
