package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.model.NewFileSystem;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which drivers are found, and what becomes of those that fail. */
class DriversTest {

  private static final byte MARK = 77;

  /** A driver of a volume that begins with a mark. */
  public static class Marked implements FileSystemDriver {

    @Override
    public String name() {
      return "marked";
    }

    @Override
    public int probe(BlockDevice volume) throws IOException {
      byte[] first = new byte[1];
      volume.read(0, first, 0, 1);
      return first[0] == MARK ? FileSystemDriver.RECOGNISED : FileSystemDriver.NOT_MINE;
    }

    @Override
    public MountedVolume mount(BlockDevice volume, MountOptions options) {
      MemoryItem file = MemoryItem.file("by-" + name(), new byte[0]);
      MemoryItem root = MemoryItem.directory("").with(file);
      return new MemoryVolume(MemoryVolume.CASELESS, root, volume);
    }
  }

  /** Knows what {@link Marked} knows, by another name. */
  public static final class Later extends Marked {

    @Override
    public String name() {
      return "later";
    }
  }

  /** Has the name of one of the library's drivers. */
  public static final class Impostor extends Marked {

    @Override
    public String name() {
      return "fat";
    }
  }

  /** Cannot be made. */
  public static final class Unmade extends Marked {

    /** Fails. */
    public Unmade() {
      throw new IllegalStateException("no licence");
    }
  }

  /** Has no name. */
  public static final class Nameless extends Marked {

    @Override
    public String name() {
      throw new IllegalStateException("name forgotten");
    }
  }

  /** Cannot be initialised. */
  public static final class Unready extends Marked {

    private static final int ZERO = Integer.parseInt("zero");

    @Override
    public String name() {
      return "unready" + ZERO;
    }
  }

  /** Fails when it looks. */
  public static final class Blind extends Marked {

    @Override
    public String name() {
      return "blind";
    }

    @Override
    public int probe(BlockDevice volume) {
      throw new IndexOutOfBoundsException("behind the sector");
    }
  }

  /** Fails when it mounts, as if it were built for an older library. */
  public static final class Old extends Marked {

    @Override
    public String name() {
      return "old";
    }

    @Override
    public MountedVolume mount(BlockDevice volume, MountOptions options) {
      throw new NoSuchMethodError("gone");
    }
  }

  /** Fails when it is asked whether it writes. */
  public static final class Undecided extends Marked {

    @Override
    public String name() {
      return "undecided";
    }

    @Override
    public boolean canWrite(boolean named) {
      throw new IllegalStateException("who knows");
    }
  }

  @TempDir Path folder;

  /** Does something in a thread that has these drivers in its context class loader only. */
  private <T> T with(Callable<T> work, String... drivers) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(FileSystemDriver.class.getName()), String.join("\n", drivers));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, DriversTest.class.getClassLoader())) {
      thread.setContextClassLoader(loader);
      return work.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Path image() throws Exception {
    byte[] image = new byte[4096];
    image[0] = MARK;
    return Files.write(folder.resolve("image"), image);
  }

  /** Mounts the image and returns the name of the one file in it. */
  private String mount(String... options) throws Exception {
    Map<String, Object> env = new HashMap<>(Map.of("format", "plain"));
    if (options.length > 0) {
      env.put("filesystem", options[0]);
    }
    try (FileSystem volume = FileSystems.newFileSystem(image(), env);
        var files = Files.newDirectoryStream(volume.getPath("/"))) {
      return files.iterator().next().getFileName().toString();
    }
  }

  @Test
  void aDriverOfTheContextClassLoaderIsAsked() throws Exception {
    assertEquals("by-marked", with(() -> mount(), Marked.class.getName()));
    assertEquals("by-marked", with(() -> mount("marked"), Marked.class.getName()));
    assertEquals("volume.img", mount());
  }

  /** The library's drivers are asked first, so that only a better answer comes before them. */
  @Test
  void aDriverThatRecognisesAVolumeComesBeforeOneThatFindsItLikely() throws Exception {
    Path fat = Files.write(folder.resolve("fat"), new byte[1 << 20]);
    Tcplay.open(fat).format("plain").makeFileSystem(new NewFileSystem());
    byte[] bytes = Files.readAllBytes(fat);
    bytes[0] = MARK;
    Files.write(fat, bytes);
    assertEquals("tcplay:fat12", with(() -> type(fat), Marked.class.getName()));
    bytes[510] = 0;
    Files.write(fat, bytes);
    assertEquals("tcplay:fat12", type(fat));
    assertEquals("tcplay:memory", with(() -> type(fat), Marked.class.getName()));
  }

  private static String type(Path image) throws Exception {
    try (FileSystem volume = Tcplay.open(image).format("plain").readOnly(true).mount()) {
      return Files.getFileStore(volume.getPath("/")).type();
    }
  }

  @Test
  void aThreadWithoutContextClassLoaderHasTheLibrarysDrivers() throws Exception {
    String found =
        with(
            () -> {
              Thread.currentThread().setContextClassLoader(null);
              return mount();
            },
            Marked.class.getName());
    assertEquals("volume.img", found);
  }

  @Test
  void ofSeveralThatKnowAVolumeTheFirstMountsIt() throws Exception {
    String marked = Marked.class.getName();
    String later = Later.class.getName();
    assertEquals("by-marked", with(() -> mount(), marked, later));
    assertEquals("by-later", with(() -> mount(), later, marked));
    assertEquals("by-later", with(() -> mount("later"), marked, later));
  }

  @Test
  void noDriverTakesTheNameOfOneOfTheLibrary() throws Exception {
    String impostor = Impostor.class.getName();
    assertEquals("volume.img", with(() -> mount(), impostor));
    assertThrows(FileSystemException.class, () -> with(() -> mount("fat"), impostor));
  }

  @Test
  void driversThatCannotBeLoadedAreLeftOut() throws Exception {
    String[] drivers = {
      "no.such.Driver",
      Unmade.class.getName(),
      DriversTest.class.getName(),
      Unready.class.getName(),
      Nameless.class.getName(),
      Marked.class.getName()
    };
    assertEquals("by-marked", with(() -> mount(), drivers));
    IllegalArgumentException missed =
        assertThrows(IllegalArgumentException.class, () -> with(() -> mount("unready0"), drivers));
    String message = missed.getMessage();
    assertTrue(
        message.contains("one of [archive, exfat, fat, marked, raw] but was unready0"), message);
    for (String reason :
        new String[] {"no.such.Driver", "no licence", "not a subtype", "Unready", "forgotten"}) {
      assertTrue(message.contains(reason), message);
    }
  }

  @Test
  void aServiceFileThatCannotBeReadIsLeftOut() throws Exception {
    assertEquals("volume.img", with(() -> mount(), "this is no name of a class"));
  }

  @Test
  void whatADriverMustNotThrowNamesIt() throws Exception {
    FileSystemException probing =
        assertThrows(FileSystemException.class, () -> with(() -> mount(), Blind.class.getName()));
    assertEquals(
        "the driver blind failed in probe: java.lang.IndexOutOfBoundsException: behind the sector",
        probing.getMessage());
    assertInstanceOf(IndexOutOfBoundsException.class, probing.getCause());
    FileSystemException mounting =
        assertThrows(FileSystemException.class, () -> with(() -> mount(), Old.class.getName()));
    assertEquals(image().toString(), mounting.getFile());
    assertEquals(
        "the driver old failed in mount: java.lang.NoSuchMethodError: gone", mounting.getReason());
    FileSystemException deciding =
        assertThrows(
            FileSystemException.class,
            () -> with(() -> mount("undecided"), Undecided.class.getName()));
    assertTrue(deciding.getMessage().startsWith("the driver undecided failed in canWrite: "));
  }

  @Test
  void aContainerIsNotLeftOpenByADriverThatFails() throws Exception {
    assertThrows(FileSystemException.class, () -> with(() -> mount("old"), Old.class.getName()));
    Path image = image();
    Map<String, String> env = Map.of("format", "plain", "filesystem", "raw");
    try (FileSystem volume = FileSystems.newFileSystem(image, env)) {
      assertFalse(volume.isReadOnly());
    }
  }
}
