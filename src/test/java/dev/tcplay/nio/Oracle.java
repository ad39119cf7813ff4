package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.fat.FatDriver;
import example.toyfs.ToyDriver;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Does the same on the default file system and on one of ours, and compares what comes of it: the
 * same results, and exceptions of the same class with the same file in them.
 */
final class Oracle {

  /** Something done with a tree. */
  interface Operation {
    Object on(Path root) throws Exception;
  }

  /** Something done with a channel. */
  interface ChannelUse<C> {
    Object with(C channel) throws Exception;
  }

  /** The property that has a folder of the default file system tested, which is to be ours. */
  static final String OURS = "tcplay.oracle.ours";

  /** Since some release after 17 the JDK says of attributes below a file that they are missing. */
  static final boolean IS_MISSING_BELOW_FILES = Runtime.version().feature() > 17;

  private static final Pattern BELOW_FILE = Pattern.compile(".*/(text|up)/(x|\\.\\.?)");

  private static final AtomicInteger TREES = new AtomicInteger();

  private final Map<String, Operation> operations = new LinkedHashMap<>();

  void add(String name, Operation operation) {
    operations.put(name, operation);
  }

  /** Tries the byte channel and the file channel as a byte channel. */
  void channel(String name, ChannelUse<SeekableByteChannel> use) {
    operations.put(
        "byte channel: " + name,
        root -> {
          try (SeekableByteChannel channel = Files.newByteChannel(root.resolve("dir/data.bin"))) {
            return use.with(channel);
          }
        });
    fileChannel(name, use::with);
  }

  void fileChannel(String name, ChannelUse<FileChannel> use) {
    operations.put(
        "file channel: " + name,
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("dir/data.bin"))) {
            return use.with(channel);
          }
        });
  }

  void asynchronous(String name, ChannelUse<AsynchronousFileChannel> use) {
    operations.put(
        "asynchronous channel: " + name,
        root -> {
          try (AsynchronousFileChannel channel =
              AsynchronousFileChannel.open(root.resolve("dir/data.bin"))) {
            return use.with(channel);
          }
        });
  }

  /** Returns a test for each operation, on a tree that is made here and never changes. */
  Stream<DynamicTest> reading(Path tree) throws IOException {
    makeTree(tree);
    Path ours = copyOf(tree);
    return operations.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertEquals(
                            outcome(entry.getValue(), tree), outcome(entry.getValue(), ours))));
  }

  private static Path copyOf(Path tree) throws IOException {
    String folder = System.getProperty(OURS);
    if (folder == null) {
      return MemoryVolume.copyOf(tree, NameRules.EXACT).mount().getPath("/");
    }
    Path copy = Path.of(folder, "tree" + TREES.incrementAndGet());
    makeTree(copy);
    return copy;
  }

  /**
   * Returns the tests of {@link #writing} on a volume in memory and on one of each driver, or in
   * the folder of the default file system that {@link #OURS} names.
   */
  Stream<DynamicTest> writing(Path theirs) throws IOException {
    String folder = System.getProperty(OURS);
    if (folder != null) {
      return writing(theirs, Path.of(folder));
    }
    return Stream.of(
            MemoryVolume.writable(NameRules.EXACT).mount(),
            DrivenVolumes.mount(new FatDriver(), Optional.of("FAT16"), 8 << 20),
            DrivenVolumes.mount(new ToyDriver(), Optional.empty(), 1 << 12))
        .flatMap(ours -> writing(theirs, ours.getPath("/")));
  }

  /**
   * Returns a test for each operation, each on a tree of its own in both folders. The trees must be
   * equal afterwards too.
   */
  Stream<DynamicTest> writing(Path theirs, Path ours) {
    String type = ours instanceof TcplayPath path ? path.getFileSystem().type() : ours.toString();
    return operations.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    type + ": " + entry.getKey(),
                    () -> {
                      String name = "tree" + TREES.incrementAndGet();
                      assertEquals(
                          after(entry.getValue(), theirs.resolve(name)),
                          after(entry.getValue(), ours.resolve(name)));
                    }));
  }

  private static String after(Operation operation, Path root) throws IOException {
    makeTree(root);
    String outcome = outcome(operation, root);
    StringBuilder state = new StringBuilder(outcome);
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted(Comparator.comparing(Path::toString)).toList()) {
        state.append('\n').append(root.relativize(path)).append(' ');
        if (Files.isSymbolicLink(path)) {
          state.append("-> ").append(relative(root, Files.readSymbolicLink(path).toString()));
        }
        if (Files.isRegularFile(path)) {
          byte[] contents = Files.readAllBytes(path);
          state.append(contents.length).append(' ').append(Arrays.hashCode(contents));
        }
      }
    }
    remove(root);
    return state.toString();
  }

  /** Makes room for the next tree. */
  private static void remove(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void makeTree(Path tree) throws IOException {
    Files.createDirectories(tree.resolve("dir/sub dir"));
    Files.createDirectory(tree.resolve("void"));
    Files.writeString(tree.resolve("text"), "line one\nline two\n");
    Files.write(tree.resolve("empty"), new byte[0]);
    Files.write(tree.resolve("dir/data.bin"), bytes(200_000));
    Files.writeString(tree.resolve("dir/sub dir/ünï.html"), "<html>");
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  /** Returns what came of an operation in a form that does not depend on the provider. */
  private static String outcome(Operation operation, Path root) {
    try {
      Object result = operation.on(root);
      return result instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(result);
    } catch (FileSystemLoopException e) {
      // The JDK has the class for walks only.
      return FileSystemException.class.getName() + " " + relative(root, e.getFile());
    } catch (FileSystemException e) {
      if ("Is a symbolic link".equals(e.getReason())) {
        // The JDK says so without the name of the file.
        return IOException.class.getName();
      }
      if ("Is a directory".equals(e.getReason())) {
        // The JDK says so without the name of the file.
        return IOException.class.getName();
      }
      if ("Directory not empty".equals(e.getReason())) {
        // Some ways through the JDK have no class for that.
        return DirectoryNotEmptyException.class.getName() + " " + relative(root, e.getOtherFile());
      }
      if (IS_MISSING_BELOW_FILES && BELOW_FILE.matcher(e.getFile()).matches()) {
        return FileSystemException.class.getName();
      }
      return e.getClass().getName()
          + " "
          + relative(root, e.getFile())
          + (e.getOtherFile() == null ? "" : " -> " + relative(root, e.getOtherFile()));
    } catch (Exception e) {
      // Some classes of the JDK have subclasses that are not for others.
      return e.getClass().getName();
    }
  }

  private static Path relative(Path root, String file) {
    Path path = root.getFileSystem().getPath(file);
    return path.isAbsolute() ? root.relativize(path) : path;
  }
}
