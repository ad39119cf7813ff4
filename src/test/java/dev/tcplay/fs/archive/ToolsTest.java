package dev.tcplay.fs.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.Tcplay;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Debian's tools pack is shown as the same tools unpack it: names, types, sizes, SHA-256, and
 * what the format keeps of links, permissions and times.
 */
class ToolsTest {

  @TempDir private Path folder;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    Random random = new Random(Seeds.of("ToolsTest"));
    tree = Files.createDirectories(folder.resolve("in/tree"));
    for (String name : new String[] {"a", "dir/b c", "dir/deep/Ümläut €", "x".repeat(90)}) {
      byte[] bytes = new byte[random.nextInt(200_000)];
      random.nextBytes(bytes);
      Arrays.fill(bytes, bytes.length / 3, bytes.length / 2, (byte) 'x');
      Path file = tree.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    }
    Files.createFile(tree.resolve("empty"));
    Files.createDirectory(tree.resolve("empty dir"));
    Files.write(tree.resolve("text"), "one line\n".repeat(20_000).getBytes(UTF_8));
    Files.createLink(tree.resolve("dir/second name"), tree.resolve("a"));
    Files.createSymbolicLink(tree.resolve("dir/link"), Path.of("../a"));
    Files.setPosixFilePermissions(
        tree.resolve("text"), PosixFilePermissions.fromString("r-xr-x--x"));
    Files.setLastModifiedTime(
        tree.resolve("text"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    try (SeekableByteChannel sparse =
        Files.newByteChannel(
            tree.resolve("sparse"),
            EnumSet.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE))) {
      sparse.position(3 << 20).write(ByteBuffer.wrap("end".getBytes(UTF_8)));
    }
  }

  /**
   * The words are those of a shell in the folder that holds the tree; {@code $A} is the archive.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          tar  ; tar --format=gnu -cf "$A" tree           ; tar -xpf "$A"
          tar  ; tar --format=posix -cf "$A" tree         ; tar -xpf "$A"
          tar  ; tar --format=gnu -S -cf "$A" tree        ; tar -xpf "$A"
          tar  ; tar --format=posix -S -cf "$A" tree      ; tar -xpf "$A"
          tar  ; tar --format=posix -S --sparse-version=0.1 -cf "$A" tree ; tar -xpf "$A"
          tar  ; tar --format=ustar -cf "$A" tree         ; tar -xpf "$A"
          tar  ; tar -V label -cf "$A" tree               ; tar -xpf "$A"
          tar  ; tar -g "$A.list" -cf "$A" tree && rm "$A.list" ; tar -xpf "$A"
          gzip ; tar -czf "$A" tree                       ; tar -xpf "$A"
          bzip2; tar -cjf "$A" tree                       ; tar -xpf "$A"
          xz   ; tar -cJf "$A" tree                       ; tar -xpf "$A"
          cpio ; find tree | cpio --quiet -o -H newc > "$A"  ; cpio --quiet -idm < "$A"
          cpio ; find tree | cpio --quiet -o -H crc > "$A"   ; cpio --quiet -idm < "$A"
          cpio ; find tree | cpio --quiet -o -H odc > "$A"   ; cpio --quiet -idm < "$A"
          cpio ; find tree | cpio --quiet -o -H bin > "$A"   ; cpio --quiet -idm < "$A"
          zip  ; zip -qry "$A" tree                       ; unzip -q "$A"
          zip  ; zip -qry0 "$A" tree                      ; unzip -q "$A"
          zip  ; zip -qryZ bzip2 "$A" tree                ; unzip -q "$A"
          7zz  ; 7zz a -bd -snl "$A" tree                 ; 7zz x -bd -snld "$A"
          7zz  ; 7zz a -bd -snl -ms=off -m0=bzip2 "$A" tree ; 7zz x -bd -snld "$A"
          7zz  ; 7zz a -bd -snl -mx=0 "$A" tree           ; 7zz x -bd -snld "$A"
          7zz  ; 7zz a -bd -snl -m0=deflate "$A" tree     ; 7zz x -bd -snld "$A"
          7zz  ; cd tree && 7zz a -bd -tzip -mm=deflate64 "$A" a text ; 7zz x -bd "$A"
          ar   ; cd tree && ar rcU "$A" a text empty x* ; ar xo "$A"
          """)
  void whatToolsPackIsShownAsTheyUnpackIt(String tool, String pack, String unpack)
      throws Exception {
    Judge.run(tool, tool.equals("7zz") ? "i" : "--version");
    Path archive = folder.resolve("archive");
    shell(folder.resolve("in"), archive, pack);
    Path made;
    try (Stream<Path> files = Files.list(folder)) {
      // Some tools add what names of their archives end with.
      made =
          files
              .filter(file -> file.toString().startsWith(archive.toString()))
              .findFirst()
              .orElseThrow();
    }
    Path out = Files.createDirectory(folder.resolve("out"));
    shell(out, made, unpack);
    try (FileSystem shown = Tcplay.open(made).format("plain").mount()) {
      assertEquals(lines(out), lines(shown.getPath("/")));
    }
  }

  private static void shell(Path folder, Path archive, String command) throws Exception {
    Judge.Verdict verdict =
        Judge.run(
            "sh", "-c", "cd '" + folder + "' && A='" + archive + "' && umask 022 && " + command);
    assertEquals(0, verdict.status(), verdict.output());
  }

  private static Map<String, String> lines(Path top) throws Exception {
    Map<String, String> lines = new TreeMap<>();
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (!path.equals(top)) {
          lines.put(top.relativize(path).toString(), line(path));
        }
      }
    }
    return lines;
  }

  private static String line(Path path) throws Exception {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      return "-> " + Files.readSymbolicLink(path);
    }
    String permissions = PosixFilePermissions.toString(attributes.permissions());
    // Tools that unpack into a directory may give it the time of that.
    return attributes.isDirectory()
        ? permissions + " directory"
        : permissions
            + " "
            + attributes.lastModifiedTime().toInstant().getEpochSecond()
            + contents(path);
  }

  private static String contents(Path path) throws Exception {
    byte[] bytes = Files.readAllBytes(path);
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
    return " " + bytes.length + " " + HexFormat.of().formatHex(sum);
  }
}
