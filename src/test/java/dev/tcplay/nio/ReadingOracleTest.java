package dev.tcplay.nio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Reading whole files and attributes gives what it gives on the default file system. */
@SuppressWarnings("StreamResourceLeak") // outcomes are compared
class ReadingOracleTest {

  @TempDir static Path tree;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> filesReadAsOnTheDefaultFileSystem() throws IOException {
    wholeFiles();
    attributes();
    return oracle.reading(tree);
  }

  private void wholeFiles() {
    for (String name :
        List.of("text", "empty", "dir/data.bin", "missing", "dir", "text/x", "a/b")) {
      oracle.add("readAllBytes " + name, root -> Files.readAllBytes(root.resolve(name)));
      oracle.add(
          "size " + name,
          root -> Files.isDirectory(root.resolve(name)) || Files.size(root.resolve(name)) >= 0);
      oracle.add("input stream " + name, root -> read(Files.newInputStream(root.resolve(name))));
      oracle.add(
          "lines " + name,
          root -> {
            try (Stream<String> lines =
                Files.lines(root.resolve(name), java.nio.charset.StandardCharsets.ISO_8859_1)) {
              return lines.toList();
            }
          });
      oracle.add(
          "questions " + name,
          root -> {
            Path path = root.resolve(name);
            return List.of(
                Files.exists(path),
                (Oracle.IS_MISSING_BELOW_FILES && name.equals("text/x")) || Files.notExists(path),
                Files.isReadable(path),
                Files.isDirectory(path),
                Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS),
                Files.isSymbolicLink(path));
          });
      oracle.add(
          "isHidden " + name,
          root -> Files.exists(root.resolve(name)) && Files.isHidden(root.resolve(name)));
      oracle.add("file store " + name, root -> Files.getFileStore(root.resolve(name)) != null);
      oracle.add(
          "real path " + name,
          root -> root.toRealPath().relativize(root.resolve(name).toRealPath()).toString());
      oracle.add(
          "checkAccess " + name,
          root -> {
            root.getFileSystem().provider().checkAccess(root.resolve(name), AccessMode.READ);
            return "granted";
          });
      for (String other : List.of("text", "dir/../text", "missing", "./dir", "dir/data.bin")) {
        oracle.add(
            "isSameFile " + name + ", " + other,
            root -> Files.isSameFile(root.resolve(name), root.resolve(other)));
      }
      oracle.add(
          "mismatch " + name,
          root -> Files.mismatch(root.resolve(name), root.resolve("dir/data.bin")));
    }
    oracle.add(
        "probeContentType", root -> Files.probeContentType(root.resolve("dir/sub dir/ünï.html")));
    oracle.add(
        "skip",
        root -> {
          try (InputStream stream = Files.newInputStream(root.resolve("dir/data.bin"))) {
            stream.skipNBytes(199_998);
            return List.of(stream.available(), stream.read(), stream.read(), stream.read());
          }
        });
    oracle.add(
        "copy to a stream",
        root -> {
          var copy = new java.io.ByteArrayOutputStream();
          return List.of(
              Files.copy(root.resolve("dir/data.bin"), copy), Arrays.hashCode(copy.toByteArray()));
        });
  }

  private void attributes() {
    for (String names :
        List.of(
            "size,isDirectory",
            "isRegularFile",
            "basic:isOther,isSymbolicLink",
            "",
            "basic:",
            "nope",
            "size,nope",
            "size,",
            ",",
            "nope:*",
            "lastModifiedTime")) {
      oracle.add(
          "attributes \"" + names + '"',
          root -> new TreeMap<>(Files.readAttributes(root.resolve("text"), names)));
    }
    oracle.add(
        "attributes *",
        root -> new TreeSet<>(Files.readAttributes(root.resolve("text"), "*").keySet()));
    oracle.add("attribute of nothing", root -> Files.getAttribute(root.resolve("missing"), "size"));
    oracle.add(
        "a list of attributes", root -> Files.getAttribute(root.resolve("text"), "size,isOther"));
    oracle.add(
        "attributes by class",
        root -> {
          BasicFileAttributes attributes =
              Files.readAttributes(root.resolve("text"), BasicFileAttributes.class);
          return List.of(
              attributes.size(),
              attributes.isDirectory(),
              attributes.isRegularFile(),
              attributes.isOther(),
              attributes.isSymbolicLink(),
              attributes.lastModifiedTime());
        });
    oracle.add(
        "file keys",
        root -> {
          Object key =
              Files.readAttributes(root.resolve("text"), BasicFileAttributes.class).fileKey();
          return List.of(
              key.equals(Files.getAttribute(root.resolve("dir/../text"), "fileKey")),
              key.equals(Files.getAttribute(root.resolve("empty"), "fileKey")));
        });
    oracle.add(
        "attributes of class null",
        root -> Files.readAttributes(root.resolve("text"), (Class<BasicFileAttributes>) null));
  }

  private static byte[] read(InputStream stream) throws IOException {
    try (stream) {
      return stream.readAllBytes();
    }
  }
}
