package dev.tcplay.nio;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What closed streams say, names that end in dots, and files that are the same, as the JDK. */
@SuppressWarnings("StreamResourceLeak") // outcomes are compared
class SmallRulesOracleTest {

  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);
  private static final CopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;

  @TempDir Path theirs;

  private final Oracle oracle = new Oracle();

  /** Something done with a stream that is closed. */
  private interface Use<S> {
    Object of(S stream) throws Exception;
  }

  /** Something done with a path in a tree. */
  private interface PathUse {
    void of(Path path, Path root) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> rulesAreThoseOfTheDefaultFileSystem() throws IOException {
    closedStreams();
    dots();
    sameFiles();
    belowFiles();
    return oracle.writing(theirs);
  }

  private void input(String name, Use<InputStream> use) {
    oracle.add(
        "closed input: " + name,
        root -> {
          InputStream in = Files.newInputStream(root.resolve("text"));
          in.read();
          in.close();
          in.close();
          return use.of(in);
        });
  }

  private void output(String name, Use<OutputStream> use) {
    oracle.add(
        "closed output: " + name,
        root -> {
          OutputStream out = Files.newOutputStream(root.resolve("new"));
          out.write(1);
          out.close();
          out.close();
          return use.of(out);
        });
  }

  private void closedStreams() {
    input("read", InputStream::read);
    input("read into an array", in -> in.read(new byte[3]));
    input("read nothing", in -> in.read(new byte[0]));
    input("read badly", in -> in.read(new byte[3], 2, 2));
    input("available", InputStream::available);
    input("skip", in -> in.skip(1));
    input("skip nothing", in -> in.skip(0));
    input("skip back", in -> in.skip(-1));
    input("read all", InputStream::readAllBytes);
    input("read some", in -> in.readNBytes(3));
    input("transfer", in -> in.transferTo(new ByteArrayOutputStream()));
    output(
        "write",
        out -> {
          out.write(1);
          return "written";
        });
    output(
        "write nothing",
        out -> {
          out.write(new byte[0]);
          return "written";
        });
    output(
        "flush",
        out -> {
          out.flush();
          return "flushed";
        });
  }

  private void dots() {
    for (String name :
        List.of(
            "dir/.",
            "dir/..",
            "void/.",
            "void/..",
            "missing/.",
            "missing/..",
            "dir/./sub dir",
            ".",
            "void/./.",
            "void/.././void",
            "text/..",
            "text/x")) {
      dot("delete ", name, (path, root) -> Files.delete(path));
      dot("delete if there ", name, (path, root) -> Files.deleteIfExists(path));
      dot("make ", name, (path, root) -> Files.createDirectory(path));
      dot("list ", name, (path, root) -> Files.newDirectoryStream(path).close());
      dot("read ", name, (path, root) -> Files.newByteChannel(path).close());
      dot("write ", name, (path, root) -> Files.newByteChannel(path, WRITE).close());
      dot(
          "move ",
          name,
          (path, root) -> Files.move(path, path.getFileSystem().getPath(path + "x")));
      dot("move to ", name, (path, root) -> Files.move(root.resolve("text"), path));
      dot("copy to ", name, (path, root) -> Files.copy(root.resolve("text"), path));
      dot("check ", name, (path, root) -> path.getFileSystem().provider().checkAccess(path));
      dot("attributes of ", name, (path, root) -> Files.getLastModifiedTime(path));
    }
  }

  private void dot(String what, String name, PathUse use) {
    oracle.add(
        what + name,
        root -> {
          use.of(root.resolve(name), root);
          return "done";
        });
  }

  /** What {@link #dots} does not do to a path that leads on from a file. */
  private void belowFiles() {
    for (String name : List.of("text/.", "text/x")) {
      oracle.add(
          "real path of " + name,
          root -> root.toRealPath().relativize(root.resolve(name).toRealPath()));
      oracle.add(
          "real path without links of " + name,
          root -> root.toRealPath().relativize(root.resolve(name).toRealPath(NOFOLLOW_LINKS)));
      oracle.add(
          "questions about " + name,
          root -> {
            Path path = root.resolve(name);
            return List.of(
                Files.exists(path),
                Oracle.IS_MISSING_BELOW_FILES || Files.notExists(path),
                Files.exists(path, NOFOLLOW_LINKS),
                Oracle.IS_MISSING_BELOW_FILES || Files.notExists(path, NOFOLLOW_LINKS));
          });
      dot("walk ", name, (path, root) -> Files.walk(path).close());
      dot("store of ", name, (path, root) -> Files.getFileStore(path));
      dot("copy ", name, (path, root) -> Files.copy(path, root.resolve("new")));
      dot("copy over ", name, (path, root) -> Files.copy(path, root.resolve("new"), REPLACE));
      dot("replace ", name, (path, root) -> Files.move(root.resolve("text"), path, REPLACE));
      dot(
          "move atomically ",
          name,
          (path, root) -> Files.move(path, root.resolve("new"), StandardCopyOption.ATOMIC_MOVE));
      dot("set the time of ", name, (path, root) -> Files.setLastModifiedTime(path, LONG_AGO));
      dot("make directories ", name, (path, root) -> Files.createDirectories(path));
      dot(
          "watch ",
          name,
          (path, root) -> {
            try (WatchService watch = root.getFileSystem().newWatchService()) {
              path.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            }
          });
    }
  }

  private void sameFiles() {
    for (String one : List.of("text", "missing", "text/x", "dir/../text", "dir", "missing/x")) {
      for (String two : List.of("text", "missing", "text/x", "dir/../missing", "")) {
        oracle.add(
            "same " + one + " and " + two,
            root -> Files.isSameFile(root.resolve(one), root.resolve(two)));
      }
    }
  }
}
