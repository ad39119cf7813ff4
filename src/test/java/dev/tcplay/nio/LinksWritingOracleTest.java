package dev.tcplay.nio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Opening, making, changing and deleting by links ends as on the default file system. */
class LinksWritingOracleTest {

  @TempDir static Path folder;

  private final LinkOracle links = new LinkOracle();

  @TestFactory
  Stream<DynamicTest> linksWorkAsOnTheDefaultFileSystem() throws IOException {
    LinkOracle.PATHS.forEach(this::open);
    LinkOracle.PATHS.forEach(this::change);
    return links.writing(folder);
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
      links.add(
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
    links.add(
        "read string " + name, root -> Files.readString(root.resolve(name), ISO_8859_1).hashCode());
  }

  private void change(String name) {
    links.add(
        "delete " + name,
        root -> {
          Files.delete(root.resolve(name));
          return "deleted";
        });
    if (!name.equals("dir/up/x")) {
      // Where a file stands in place of a directory the JDK fails, though there is nothing.
      links.add("delete if exists " + name, root -> Files.deleteIfExists(root.resolve(name)));
    }
    links.add("create file " + name, root -> root.relativize(Files.createFile(root.resolve(name))));
    links.add(
        "create directory " + name,
        root -> root.relativize(Files.createDirectory(root.resolve(name))));
    links.add(
        "create directories " + name,
        root -> root.relativize(Files.createDirectories(root.resolve(name)).toAbsolutePath()));
    links.add(
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
    links.add(
        "link to text at " + name,
        root -> {
          LinkOracle.link(root, name, "text");
          return "made";
        });
    if (!name.endsWith("/x")) {
      links.add(
          "hard link to text at " + name,
          root -> root.relativize(Files.createLink(root.resolve(name), root.resolve("text"))));
      links.add(
          "hard link to " + name,
          root -> {
            Path made = Files.createLink(root.resolve("new"), root.resolve(name));
            return root.relativize(made);
          });
    }
  }
}
