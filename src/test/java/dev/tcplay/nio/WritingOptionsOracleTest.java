package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files open for writing, are made and deleted as on the default file system. */
class WritingOptionsOracleTest {

  private static final List<Set<OpenOption>> OPTIONS =
      List.of(
          Set.of(WRITE),
          Set.of(READ, WRITE),
          Set.of(CREATE, WRITE),
          Set.of(CREATE_NEW, WRITE),
          Set.of(CREATE_NEW, CREATE, READ, WRITE, SPARSE),
          Set.of(WRITE, TRUNCATE_EXISTING),
          Set.of(CREATE, WRITE, TRUNCATE_EXISTING),
          Set.of(CREATE_NEW, WRITE, TRUNCATE_EXISTING),
          Set.of(APPEND),
          Set.of(APPEND, WRITE, SYNC),
          Set.of(APPEND, CREATE),
          Set.of(APPEND, CREATE_NEW, DSYNC),
          Set.of(APPEND, READ),
          Set.of(APPEND, TRUNCATE_EXISTING),
          Set.of(CREATE),
          Set.of(CREATE_NEW),
          Set.of(TRUNCATE_EXISTING),
          Set.of(WRITE, DSYNC),
          Set.of(READ, DELETE_ON_CLOSE),
          Set.of(READ, WRITE, CREATE, DELETE_ON_CLOSE),
          Set.of(CREATE_NEW, WRITE, DELETE_ON_CLOSE));

  private static final List<String> NAMES =
      List.of("text", "missing", "dir", "void/..", "missing/x", "dir/../new", "text/x");

  @TempDir static Path folder;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> filesOpenAsOnTheDefaultFileSystem() throws IOException {
    for (String name : NAMES) {
      for (Set<OpenOption> options : OPTIONS) {
        String what = name + " " + options;
        oracle.add(
            "byte channel " + what,
            root -> {
              try (SeekableByteChannel channel =
                  Files.newByteChannel(root.resolve(name), options)) {
                return use(channel);
              }
            });
        oracle.add(
            "file channel " + what,
            root -> {
              try (FileChannel channel = FileChannel.open(root.resolve(name), options)) {
                return use(channel);
              }
            });
        oracle.add(
            "asynchronous channel " + what,
            root -> {
              try (AsynchronousFileChannel channel =
                  AsynchronousFileChannel.open(root.resolve(name), options, null)) {
                return List.of(channel.write(text(), 2).get(), channel.size());
              }
            });
        oracle.add(
            "output stream " + what,
            root -> {
              OpenOption[] array = options.toArray(new OpenOption[0]);
              try (OutputStream stream = Files.newOutputStream(root.resolve(name), array)) {
                stream.write(text().array());
                return "written";
              }
            });
        oracle.add(
            "open " + what + " and do nothing",
            root -> {
              try (SeekableByteChannel channel =
                  Files.newByteChannel(root.resolve(name), options)) {
                return channel.isOpen();
              }
            });
      }
      wholeFiles(name);
    }
    return oracle.writing(folder);
  }

  private void wholeFiles(String name) {
    oracle.add("write " + name, root -> name(root, Files.write(root.resolve(name), new byte[9])));
    oracle.add(
        "append lines to " + name,
        root -> name(root, Files.write(root.resolve(name), List.of("a", "b"), APPEND)));
    oracle.add("create file " + name, root -> name(root, Files.createFile(root.resolve(name))));
    oracle.add(
        "create directory " + name, root -> name(root, Files.createDirectory(root.resolve(name))));
    oracle.add(
        "delete " + name,
        root -> {
          Files.delete(root.resolve(name));
          return "deleted";
        });
    oracle.add(
        "copy a stream to " + name,
        root -> Files.copy(new java.io.ByteArrayInputStream(new byte[7]), root.resolve(name)));
    if (!Oracle.IS_MISSING_BELOW_FILES || !name.equals("text/x")) {
      oracle.add(
          "create directories " + name,
          root -> name(root, Files.createDirectories(root.resolve(name).resolve("a/b"))));
    }
    oracle.add("delete if exists " + name, root -> Files.deleteIfExists(root.resolve(name)));
    oracle.add(
        "temporary files in " + name,
        root -> {
          try {
            Path file = Files.createTempFile(root.resolve(name), "x", null);
            Path directory = Files.createTempDirectory(root.resolve(name), "y");
            boolean made = Files.isRegularFile(file) && Files.isDirectory(directory);
            Files.delete(file);
            Files.delete(directory);
            return made;
          } catch (FileSystemException e) {
            // Names the temporary file, which has another name each time.
            return e.getClass();
          }
        });
  }

  private static Path name(Path root, Path made) {
    return root.relativize(made);
  }

  private static ByteBuffer text() {
    return ByteBuffer.wrap(new byte[] {'x', 'y', 'z'});
  }

  private static Object use(SeekableByteChannel channel) throws Exception {
    long before = channel.position();
    int written = channel.write(text());
    long after = channel.position();
    return List.of(before, written, after, channel.size(), channel.position(1).position());
  }
}
