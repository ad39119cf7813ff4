package dev.tcplay.nio;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.common.io.MoreFiles;
import dev.tcplay.fs.fat.FatDriver;
import example.toyfs.ToyDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is done by an open directory ends as on the default file system of Linux. */
@EnabledOnOs(OS.LINUX)
class SecureDirectoryOracleTest {

  /** Something done by an open directory. */
  private interface Use {
    Object of(SecureDirectoryStream<Path> directory, Path root) throws Exception;
  }

  private static final List<String> NAMES =
      List.of("data.bin", "sub dir", "missing", "sub dir/ünï.html", "../text", ".", "");

  private static final FileTime PAST = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir static Path folder;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> openDirectoriesWorkAsThoseOfTheDefaultFileSystem() throws IOException {
    NAMES.forEach(this::byName);
    moves();
    closed();
    return Stream.of(
            DrivenVolumes.mount(new FatDriver(), Optional.of("FAT16"), 8 << 20),
            DrivenVolumes.mount(new ToyDriver(), Optional.empty(), 1 << 12))
        .flatMap(ours -> oracle.writing(folder, ours.getPath("/")));
  }

  @TestFactory
  Stream<DynamicTest> openDirectoriesFollowLinksAsThoseOfTheDefaultFileSystem() throws IOException {
    LinkOracle links = new LinkOracle();
    for (String name : List.of("to-text", "to-dir", "to-dir/data.bin", "chain", "lost")) {
      for (LinkOption[] options : new LinkOption[][] {{}, {NOFOLLOW_LINKS}}) {
        links.add(
            "list " + name + " " + options.length,
            root -> with(root, (top, none) -> list(top, path(root, name), options)));
        links.add(
            "size of " + name + " " + options.length,
            root ->
                with(
                    root,
                    (top, none) -> {
                      BasicFileAttributeView view =
                          top.getFileAttributeView(
                              path(root, name), BasicFileAttributeView.class, options);
                      return view.readAttributes().isSymbolicLink();
                    }));
        links.add(
            "read " + name + " " + options.length,
            root ->
                with(
                    root,
                    (top, none) -> {
                      Set<OpenOption> read = new HashSet<>(List.of(options));
                      read.add(READ);
                      try (SeekableByteChannel file = top.newByteChannel(path(root, name), read)) {
                        return file.read(ByteBuffer.allocate(9));
                      }
                    }));
      }
      links.add(
          "delete " + name,
          root ->
              with(
                  root,
                  (top, none) -> {
                    top.deleteFile(path(root, name));
                    return "deleted";
                  }));
    }
    return links.writing(folder);
  }

  private static Path path(Path root, String name) {
    return root.getFileSystem().getPath(name);
  }

  @SuppressWarnings({"unchecked", "StreamResourceLeak"}) // it is closed, under its other type
  private static Object with(Path directory, Use use) throws Exception {
    try (SecureDirectoryStream<Path> stream =
        (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory)) {
      return use.of(stream, directory);
    }
  }

  /**
   * Returns the names in a directory that an open one has. The JDK closes a descriptor twice where
   * it is none, which may by then be that of another thread's file; so the JDK's answer to that is
   * written down here.
   */
  private static Set<String> list(
      SecureDirectoryStream<Path> directory, Path path, LinkOption... options) throws IOException {
    if (path.getFileSystem() == FileSystems.getDefault()
        && isOtherThanDirectory(directory, path, options)) {
      throw new NotDirectoryException(path.toString());
    }
    try (SecureDirectoryStream<Path> stream = directory.newDirectoryStream(path, options)) {
      Set<String> names = new TreeSet<>();
      stream.forEach(entry -> names.add(entry.toString().replaceFirst(".*tree\\d+/", "")));
      return names;
    }
  }

  private static boolean isOtherThanDirectory(
      SecureDirectoryStream<Path> directory, Path path, LinkOption... options) {
    try {
      BasicFileAttributes attributes =
          directory
              .getFileAttributeView(path, BasicFileAttributeView.class, options)
              .readAttributes();
      return !attributes.isDirectory() && !attributes.isSymbolicLink();
    } catch (IOException e) {
      return false; // it is not opened, so nothing is closed
    }
  }

  /** Adds something done by {@code dir}, and the same once that has another name and place. */
  private void add(String name, Use use) {
    oracle.add(name, root -> with(root.resolve("dir"), (dir, ignored) -> use.of(dir, root)));
    if (!name.contains("..") && !name.contains("[") && !name.contains("missing")) {
      oracle.add(
          name + " of a directory that has moved",
          root ->
              with(
                  root.resolve("dir"),
                  (dir, ignored) -> {
                    Files.move(root.resolve("dir"), root.resolve("void/moved"));
                    Files.createDirectory(root.resolve("dir"));
                    return use.of(dir, root);
                  }));
    }
  }

  private void byName(String name) {
    for (Set<OpenOption> options :
        List.<Set<OpenOption>>of(
            Set.of(), Set.of(WRITE), Set.of(WRITE, CREATE), Set.of(WRITE, CREATE_NEW))) {
      if (name.isEmpty() && options.contains(CREATE_NEW)) {
        // Each release of the JDK has an exception of its own for that, one an unchecked one.
        continue;
      }
      add(
          "open " + name + " for " + options.stream().map(Object::toString).sorted().toList(),
          (dir, root) -> {
            try (SeekableByteChannel file = dir.newByteChannel(path(root, name), options)) {
              return options.isEmpty()
                  ? file.read(ByteBuffer.allocate(5))
                  : file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            }
          });
    }
    add("list " + name, (dir, root) -> list(dir, path(root, name)));
    add(
        "delete file " + name,
        (dir, root) -> {
          dir.deleteFile(path(root, name));
          return "deleted";
        });
    if (!name.equals(".")) {
      // Each system has words of its own for that.
      add(
          "delete directory " + name,
          (dir, root) -> {
            try {
              dir.deleteDirectory(path(root, name));
            } catch (DirectoryNotEmptyException e) {
              // The JDK does not say which.
              return "not empty";
            }
            return "deleted";
          });
    }
    add(
        "time of " + name,
        (dir, root) -> {
          BasicFileAttributeView view =
              dir.getFileAttributeView(path(root, name), BasicFileAttributeView.class);
          view.setTimes(PAST, null, null);
          return view.readAttributes().lastModifiedTime().equals(PAST);
        });
    oracle.add(
        "absolute path of " + name,
        root ->
            with(
                root.resolve("void"),
                (other, ignored) -> {
                  other.deleteFile(root.resolve("dir").resolve(name).toAbsolutePath());
                  return "deleted";
                }));
  }

  private void moves() {
    for (String source : List.of("data.bin", "sub dir", "missing", "")) {
      for (String target : List.of("new", "text", "void/new", "missing/new")) {
        add(
            "move " + source + " to " + target,
            (dir, root) ->
                with(
                    root,
                    (top, ignored) -> {
                      dir.move(path(root, source), top, path(root, target));
                      return "moved";
                    }));
      }
    }
    add("move null", (dir, root) -> move(dir, null, dir, path(root, "x")));
    add("move to null", (dir, root) -> move(dir, path(root, "x"), dir, null));
    add("move to no directory", (dir, root) -> move(dir, path(root, "x"), null, path(root, "x")));
    add(
        "own time",
        (dir, root) -> {
          BasicFileAttributeView view = dir.getFileAttributeView(BasicFileAttributeView.class);
          view.setTimes(PAST, null, null);
          return List.of(
              view.name(),
              view.readAttributes().isDirectory(),
              view.readAttributes().lastModifiedTime().equals(PAST));
        });
    add(
        "unknown view",
        (dir, root) -> dir.getFileAttributeView(path(root, "x"), Unknown.class) == null);
    add("no view", (dir, root) -> dir.getFileAttributeView(path(root, "x"), null));
    oracle.add(
        "delete all by Guava",
        root -> {
          MoreFiles.deleteDirectoryContents(root.resolve("dir"));
          return "deleted";
        });
  }

  private interface Unknown extends FileAttributeView {}

  private static Object move(
      SecureDirectoryStream<Path> dir, Path source, SecureDirectoryStream<Path> to, Path target)
      throws IOException {
    dir.move(source, to, target);
    return "moved";
  }

  private void closed() {
    List<Use> uses =
        List.of(
            (dir, root) -> dir.newByteChannel(path(root, "data.bin"), Set.of()),
            (dir, root) -> dir.newDirectoryStream(path(root, "sub dir")),
            (dir, root) -> move(dir, path(root, "data.bin"), dir, path(root, "x")),
            (dir, root) -> dir.getFileAttributeView(BasicFileAttributeView.class).readAttributes(),
            (dir, root) -> {
              dir.deleteFile(path(root, "data.bin"));
              return "deleted";
            },
            (dir, root) -> {
              dir.deleteDirectory(path(root, "sub dir"));
              return "deleted";
            });
    for (int i = 0; i < uses.size(); i++) {
      Use use = uses.get(i);
      oracle.add(
          "closed directory " + i,
          root ->
              with(
                  root.resolve("dir"),
                  (dir, ignored) -> {
                    dir.close();
                    return use.of(dir, root);
                  }));
    }
  }
}
