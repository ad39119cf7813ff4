package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to map that Java 22 adds, which only the jars' channels have: by reflection. */
@SuppressWarnings("try") // channels are closed early on purpose
class ArenaMapIT {

  private static final long[][] RANGES = {
    {0, 1}, {0, 100}, {-1, 1}, {0, -1}, {-1, -1}, {Long.MAX_VALUE, 1}, {1, Long.MAX_VALUE}
  };

  private static final String MAPPED = "mapped";

  /** What is done to our channel before it is compared. */
  private interface Wrapping {
    FileChannel of(FileChannel channel) throws Exception;
  }

  @TempDir Path folder;
  private Path image;
  private Method map;
  private final Map<String, Object> arenas = new LinkedHashMap<>();

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(Runtime.version().feature() >= 22, "no Java 22 or later");
    assumeTrue(
        Files.exists(Path.of("target/classes/META-INF/versions/22/dev/tcplay/nio")),
        "the build has found no JDK 22 or later");
    image = Files.write(folder.resolve("plain.img"), new byte[40_960]);
    Class<?> arena = Class.forName("java.lang.foreign.Arena");
    map = FileChannel.class.getMethod("map", MapMode.class, long.class, long.class, arena);
    Method confined = arena.getMethod("ofConfined");
    arenas.put("living", arena.getMethod("ofAuto").invoke(null));
    arenas.put("missing", null);
    arenas.put("closed", confined.invoke(null));
    arena.getMethod("close").invoke(arenas.get("closed"));
    FutureTask<Object> made = new FutureTask<>(() -> confined.invoke(null));
    Thread owner = new Thread(made);
    owner.start();
    arenas.put("another thread's", made.get());
  }

  /** What a mapping ends in: a name of an exception, and what our own says. */
  private String outcome(FileChannel channel, MapMode mode, long[] range, Object arena)
      throws IllegalAccessException {
    try {
      map.invoke(channel, mode, range[0], range[1], arena);
      return MAPPED;
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      return cause instanceof UnsupportedOperationException
          ? String.valueOf(cause.getMessage())
          : cause.getClass().getName();
    }
  }

  private List<String> outcomes(FileChannel channel) throws Exception {
    List<String> found = new ArrayList<>();
    for (MapMode mode :
        Arrays.asList(MapMode.READ_ONLY, MapMode.READ_WRITE, MapMode.PRIVATE, null)) {
      for (Map.Entry<String, Object> arena : arenas.entrySet()) {
        for (long[] range : RANGES) {
          // The default file system would make the file longer.
          if (mode != MapMode.READ_WRITE || range[1] < Long.MAX_VALUE) {
            String name = mode + " " + Arrays.toString(range) + " " + arena.getKey() + ": ";
            found.add(name + outcome(channel, mode, range, arena.getValue()));
          }
        }
      }
    }
    return found;
  }

  /** Opens the image as a volume by the provider of a jar, and compares channels of its file. */
  private void compare(String property, Wrapping wrapped) throws Exception {
    URL[] jar = {Path.of(System.getProperty(property)).toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
      Class<?> provider = loader.loadClass(TcplayFileSystemProvider.class.getName());
      var ours = (FileSystemProvider) provider.getConstructor().newInstance();
      Map<String, ?> env = Map.of("format", "plain", "filesystem", "raw");
      try (FileSystem volume = ours.newFileSystem(image, env)) {
        assertSame(ours.getClass(), volume.provider().getClass());
        Path file = volume.getPath("/volume.img");
        compare(file, wrapped, false, READ);
        compare(file, wrapped, false, WRITE);
        compare(file, wrapped, false, READ, WRITE);
        compare(file, wrapped, true, READ);
      }
    }
  }

  private void compare(Path file, Wrapping wrapped, boolean closed, StandardOpenOption... mode)
      throws Exception {
    try (FileChannel judge = FileChannel.open(image, mode);
        FileChannel channel = wrapped.of(FileChannel.open(file, mode))) {
      if (closed) {
        judge.close();
        channel.close();
      }
      String refused = "a file inside a container cannot be mapped";
      List<String> expected = outcomes(judge);
      assertTrue(expected.size() > 80, () -> expected.size() + " outcomes");
      List<String> found =
          outcomes(channel).stream()
              .map(each -> each.replaceFirst(refused + ": .*", MAPPED))
              .toList();
      assertEquals(String.join("\n", expected), String.join("\n", found));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcplay.library", "tcplay.command"})
  void itEndsAsOnTheDefaultFileSystemOrSaysWhyThereIsNone(String jar) throws Exception {
    compare(jar, channel -> channel);
  }

  @Test
  void aRootMountPassesItOn() throws Exception {
    compare("tcplay.library", ArenaMapIT::inside);
  }

  /** Wraps a channel as the root mount of the same jar does. */
  private static FileChannel inside(FileChannel channel) throws ReflectiveOperationException {
    UnaryOperator<Object> names = UnaryOperator.identity();
    ClassLoader loader = channel.getClass().getClassLoader();
    var constructor =
        loader.loadClass("dev.tcplay.nio.root.InsideChannel").getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return (FileChannel) constructor.newInstance(channel, names);
  }
}
