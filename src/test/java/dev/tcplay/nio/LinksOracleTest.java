package dev.tcplay.nio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import example.toyfs.ToyDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done with symbolic and hard links ends as on the default file system. */
class LinksOracleTest {

  private static final List<String> PATHS =
      List.of(
          "to-text",
          "absolute",
          "chain",
          "to-dir",
          "to-dir/data.bin",
          "to-dir/../text",
          "to-sub/..",
          "to-sub/../data.bin",
          "to-sub/../../text",
          "dir/up",
          "dir/up/x",
          "to-void",
          "to-void/new",
          "dangling",
          "dangling/x",
          "over",
          "loop",
          "self",
          "loop/x",
          "hard",
          "text",
          "dir",
          "missing");

  private static final List<String> DIRECTORIES =
      List.of("to-dir", "to-void", "dir", "dangling", "loop");

  @TempDir static Path folder;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> linksWorkAsOnTheDefaultFileSystem() throws IOException {
    PATHS.forEach(this::look);
    PATHS.forEach(this::open);
    PATHS.forEach(this::change);
    options().forEach(this::copyAndMove);
    walks();
    add("a link that asks for a directory", root -> Files.exists(root.resolve("slash")));
    return oracle.writing(
        folder, DrivenVolumes.mount(new ToyDriver(), Optional.empty(), 4096).getPath("/"));
  }

  private void add(String name, Oracle.Operation operation) {
    oracle.add(
        name,
        root -> {
          makeLinks(root);
          return operation.on(root);
        });
  }

  private static void makeLinks(Path root) throws IOException {
    link(root, "to-text", "text");
    link(root, "chain", "to-text");
    link(root, "to-dir", "./dir");
    link(root, "to-sub", "dir/sub dir");
    link(root, "to-void", "void");
    link(root, "dir/up", "../text");
    link(root, "dangling", "nothing");
    link(root, "over", "missing/new");
    link(root, "loop", "loop2");
    link(root, "loop2", "loop");
    link(root, "self", "self/x");
    link(root, "dir/circle", "../dir");
    Files.createSymbolicLink(root.resolve("absolute"), root.resolve("dir/data.bin"));
    Files.createSymbolicLink(root.resolve("slash"), root.getFileSystem().getPath("text", "."));
    Files.createLink(root.resolve("hard"), root.resolve("text"));
  }

  private static void link(Path root, String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), root.getFileSystem().getPath(target));
  }

  private void look(String name) {
    for (LinkOption[] options : List.of(new LinkOption[0], new LinkOption[] {NOFOLLOW_LINKS})) {
      String how = (options.length == 0 ? " followed " : " itself ") + name;
      add(
          "attributes" + how,
          root -> {
            BasicFileAttributes attributes =
                Files.readAttributes(root.resolve(name), BasicFileAttributes.class, options);
            return List.of(
                attributes.isDirectory() || attributes.isSymbolicLink() || attributes.size() > 0,
                attributes.isDirectory(),
                attributes.isRegularFile(),
                attributes.isSymbolicLink(),
                attributes.isOther());
          });
      add(
          "size by name" + how,
          root ->
              Files.isDirectory(root.resolve(name), options)
                  || name.equals("absolute")
                  || Files.getAttribute(root.resolve(name), "size", options).equals(0L));
      add(
          "questions" + how,
          root -> {
            Path path = root.resolve(name);
            return List.of(
                Files.exists(path, options),
                Files.isDirectory(path, options),
                Files.isRegularFile(path, options),
                // A file, and a circle, in the place of a directory are neither here nor there.
                name.endsWith("/x") || name.matches("loop|self") || Files.notExists(path, options));
          });
      if (options.length == 0 || !name.equals("to-sub/../../text")) {
        // The JDK takes the second .. for one that leads back from the first.
        add(
            "real path" + how,
            root -> root.toRealPath().relativize(root.resolve(name).toRealPath(options)));
      }
      if (DIRECTORIES.contains(name)) {
        add(
            "real path of .. " + how,
            root ->
                root.toRealPath().relativize(root.resolve(name).resolve("..").toRealPath(options)));
      }
    }
    add("is symbolic link " + name, root -> Files.isSymbolicLink(root.resolve(name)));
    add(
        "read link " + name,
        root -> {
          Path target = Files.readSymbolicLink(root.resolve(name));
          return target.isAbsolute() ? root.relativize(target) : target;
        });
    add("list " + name, root -> list(root.resolve(name)));
    add("file store " + name, root -> Files.getFileStore(root.resolve(name)) != null);
    for (String other : List.of("text", "to-text", "dir/data.bin", "dangling", "hard")) {
      add(
          "same file " + name + ", " + other,
          root -> Files.isSameFile(root.resolve(name), root.resolve(other)));
    }
    add(
        "access " + name,
        root -> {
          root.getFileSystem()
              .provider()
              .checkAccess(root.resolve(name), AccessMode.READ, AccessMode.WRITE);
          return "granted";
        });
  }

  private static List<String> list(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(path -> names.add(directory.relativize(path).toString()));
    }
    Collections.sort(names);
    return names;
  }

  private void open(String name) {
    for (Set<OpenOption> options :
        List.<Set<OpenOption>>of(
            Set.of(READ),
            Set.of(READ, NOFOLLOW_LINKS),
            Set.of(WRITE),
            Set.of(WRITE, NOFOLLOW_LINKS),
            Set.of(WRITE, CREATE),
            Set.of(WRITE, CREATE, NOFOLLOW_LINKS),
            Set.of(WRITE, CREATE_NEW),
            Set.of(WRITE, TRUNCATE_EXISTING),
            Set.of(APPEND, CREATE),
            Set.of(WRITE, DELETE_ON_CLOSE))) {
      if (name.equals("loop/x")
          && (options.contains(NOFOLLOW_LINKS) || options.contains(DELETE_ON_CLOSE))) {
        // The JDK takes the circle on the way for the link that must not be followed.
        continue;
      }
      add(
          "open " + name + " " + options.stream().map(Object::toString).sorted().toList(),
          root -> {
            boolean isRead = options.contains(READ);
            try (SeekableByteChannel channel = Files.newByteChannel(root.resolve(name), options)) {
              return isRead
                  ? channel.read(ByteBuffer.allocate(10))
                  : channel.write(ByteBuffer.wrap("new".getBytes(ISO_8859_1)));
            }
          });
    }
    add("read string " + name, root -> Files.readString(root.resolve(name), ISO_8859_1).hashCode());
  }

  private void change(String name) {
    add(
        "delete " + name,
        root -> {
          Files.delete(root.resolve(name));
          return "deleted";
        });
    if (!name.equals("dir/up/x")) {
      // Where a file stands in place of a directory the JDK fails, though there is nothing.
      add("delete if exists " + name, root -> Files.deleteIfExists(root.resolve(name)));
    }
    add("create file " + name, root -> root.relativize(Files.createFile(root.resolve(name))));
    add(
        "create directory " + name,
        root -> root.relativize(Files.createDirectory(root.resolve(name))));
    add(
        "create directories " + name,
        root -> root.relativize(Files.createDirectories(root.resolve(name)).toAbsolutePath()));
    add(
        "set a time " + name,
        root -> {
          FileTime past = FileTime.fromMillis(1_000_000_000_000L);
          Files.setLastModifiedTime(root.resolve(name), past);
          List<Boolean> changed = new ArrayList<>();
          for (String path : List.of("text", "dir/data.bin", "dir", "to-text", "void")) {
            changed.add(Files.getLastModifiedTime(root.resolve(path), NOFOLLOW_LINKS).equals(past));
          }
          return changed;
        });
    add(
        "link to text at " + name,
        root -> {
          link(root, name, "text");
          return "made";
        });
    if (!name.endsWith("/x")) {
      add(
          "hard link to text at " + name,
          root -> root.relativize(Files.createLink(root.resolve(name), root.resolve("text"))));
      add(
          "hard link to " + name,
          root -> {
            Path made = Files.createLink(root.resolve("new"), root.resolve(name));
            return root.relativize(made);
          });
    }
  }

  private void copyAndMove(String how, CopyOption... options) {
    for (String source :
        List.of("to-text", "to-dir", "dangling", "hard", "to-dir/data.bin", "loop")) {
      for (String target :
          List.of(
              "new", "text", "to-text", "to-void", "to-void/new", "dangling", "dir/up", "void")) {
        String what = source + " to " + target + ", " + how;
        boolean itself = source.equals(target) && how.equals("replace");
        // The JDK deletes the link and then misses it, before it has copied what it led to.
        if (!List.of(options).contains(ATOMIC_MOVE) && !itself) {
          add(
              "copy " + what,
              root ->
                  root.relativize(Files.copy(root.resolve(source), root.resolve(target), options)));
        }
        if (!List.of(options).contains(COPY_ATTRIBUTES)) {
          add(
              "move " + what,
              root ->
                  root.relativize(Files.move(root.resolve(source), root.resolve(target), options)));
        }
      }
    }
  }

  private static Map<String, CopyOption[]> options() {
    Map<String, CopyOption[]> options = new LinkedHashMap<>();
    options.put("no options", new CopyOption[0]);
    options.put("replace", new CopyOption[] {REPLACE_EXISTING});
    options.put("no links", new CopyOption[] {NOFOLLOW_LINKS});
    options.put("no links, replace", new CopyOption[] {NOFOLLOW_LINKS, REPLACE_EXISTING});
    options.put("attributes", new CopyOption[] {COPY_ATTRIBUTES});
    options.put("no links, attributes", new CopyOption[] {COPY_ATTRIBUTES, NOFOLLOW_LINKS});
    options.put("atomic", new CopyOption[] {ATOMIC_MOVE});
    return options;
  }

  private void walks() {
    for (Set<FileVisitOption> options :
        List.of(EnumSet.noneOf(FileVisitOption.class), EnumSet.of(FileVisitOption.FOLLOW_LINKS))) {
      for (String name : List.of("", "to-dir", "to-text", "dangling", "loop")) {
        add("walk " + name + " " + options, root -> walk(root, root.resolve(name), options));
      }
    }
  }

  private static List<String> walk(Path root, Path start, Set<FileVisitOption> options)
      throws IOException {
    List<String> seen = new ArrayList<>();
    Files.walkFileTree(
        start,
        options,
        9,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            seen.add("directory " + root.relativize(path));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            seen.add(root.relativize(path) + " " + attributes.isSymbolicLink());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            seen.add("failed " + root.relativize(path) + " " + e.getClass().getSimpleName());
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(seen);
    return seen;
  }
}
