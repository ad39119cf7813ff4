package dev.tcplay.serve.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.nio.DrivenVolumes;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.common.SftpConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever name a client says, and whatever links there are: nothing outside is reached. */
@Timeout(120)
class PathEscapesTest {

  private static final List<String> WILD =
      List.of(
          "../secret",
          "/../secret",
          "a/../../secret",
          "./../secret",
          "//..//secret",
          "..",
          "../..",
          "/",
          "",
          "...",
          "..\\secret",
          "a\\..\\..\\secret",
          "C:\\secret",
          "C:secret",
          "\\\\host\\share\\secret",
          "file:///secret",
          "/etc/passwd",
          "~/secret",
          "%2e%2e/secret",
          "\u2025/secret",
          "..\u0000/secret",
          "secret\u0000",
          "OUT/secret",
          "out/secret",
          "out",
          "outFile",
          "up/secret",
          "up",
          "a/deep/../../up/secret",
          "in/up/secret",
          "loop",
          "loop/secret",
          "dangling",
          "dangling/secret",
          "chain",
          "chain/secret",
          "a/" + "../".repeat(500) + "secret",
          "x".repeat(5000),
          "a/".repeat(3000));

  @TempDir static Path folder;
  private static Client client;

  @BeforeAll
  static void start() {
    client = new Client();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private static FileSystem open(String kind) throws IOException {
    return switch (kind) {
      case "toy" -> DrivenVolumes.toy();
      case "jimfs" -> Jimfs.newFileSystem(Configuration.unix());
      case "windows" -> Jimfs.newFileSystem(Configuration.windows());
      default -> FileSystems.getDefault();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "toy", "jimfs", "windows"})
  void noNameLeadsOut(String kind) throws Exception {
    FileSystem fileSystem = open(kind);
    Path base =
        kind.equals("default")
            ? folder.resolve(kind)
            : fileSystem.getRootDirectories().iterator().next().resolve("base");
    Path tree = base.resolve("tree");
    Files.createDirectories(tree.resolve("a").resolve("deep"));
    Files.createDirectories(tree.resolve("in"));
    Files.writeString(tree.resolve("a").resolve("file"), "inside");
    Files.writeString(base.resolve("secret"), "outside");
    Files.createDirectories(base.resolve("empty"));
    try {
      Files.createSymbolicLink(tree.resolve("out"), base);
      Files.createSymbolicLink(tree.resolve("outFile"), base.resolve("secret"));
      Files.createSymbolicLink(tree.resolve("up"), fileSystem.getPath(".."));
      Files.createSymbolicLink(tree.resolve("in").resolve("up"), fileSystem.getPath("../.."));
      Files.createSymbolicLink(tree.resolve("loop"), fileSystem.getPath("loop"));
      Files.createSymbolicLink(tree.resolve("dangling"), base.resolve("made"));
      Files.createSymbolicLink(tree.resolve("chain"), fileSystem.getPath("a/../up"));
    } catch (UnsupportedOperationException e) {
      Assumptions.abort("no links in " + kind);
    }
    Map<String, String> before = outside(base, tree);
    try (SftpServer server = SftpServer.of(tree).password(Client.PASSWORD.toCharArray()).start();
        RawSftp sftp = new RawSftp(client.login(server)).begin()) {
      for (String name : WILD) {
        for (int type : new int[] {SftpConstants.SSH_FXP_STAT, SftpConstants.SSH_FXP_LSTAT}) {
          sftp.ask(type, name);
        }
        checkText(sftp, name, 1, "outside");
        checkText(sftp, name, 1 | 2 | 8, "outside");
        RawSftp.Reply real = sftp.ask(SftpConstants.SSH_FXP_REALPATH, name);
        assertFalse(real.text().contains(base.toString()), real.text());
        sftp.ask(SftpConstants.SSH_FXP_OPENDIR, name);
        sftp.ask(SftpConstants.SSH_FXP_READLINK, name);
        setAttributes(sftp, SftpConstants.SSH_FXP_SETSTAT, name);
        setAttributes(sftp, "lsetstat@openssh.com", name);
        for (String other : List.of("a/file", "a/new", "new")) {
          sftp.ask(SftpConstants.SSH_FXP_RENAME, other, name);
          extended(sftp, "posix-rename@openssh.com", other, name);
          extended(sftp, "hardlink@openssh.com", name, other);
          extended(sftp, "hardlink@openssh.com", other, name);
          extended(sftp, "copy-file", name, other);
          extended(sftp, "copy-data", name, other);
          extended(sftp, "statvfs@openssh.com", name);
          sftp.ask(SftpConstants.SSH_FXP_SYMLINK, name, other);
          sftp.open(other, 2 | 8 | 16);
          sftp.ask(SftpConstants.SSH_FXP_SYMLINK, other, name);
        }
        sftp.askWithoutAttributes(SftpConstants.SSH_FXP_MKDIR, name + "/made");
        sftp.ask(SftpConstants.SSH_FXP_REMOVE, name);
        sftp.ask(SftpConstants.SSH_FXP_RMDIR, name);
        sftp.ask(SftpConstants.SSH_FXP_RMDIR, name + "/empty");
      }
      assertTrue(Files.isDirectory(tree), "the root is gone");
      // Requests for what is inside do go through.
      sftp.open("a/deep/file", 2 | 8).handle();
      assertEquals("", Files.readString(tree.resolve("a").resolve("deep").resolve("file")));
      assertEquals(before, outside(base, tree));
    } finally {
      if (!kind.equals("default")) {
        fileSystem.close();
      }
    }
  }

  /** A directory that a client has open is put away, and a link out gets its name. */
  @Test
  void whatIsOpenDoesNotLeadOutByALinkThatTookItsPlace() throws Exception {
    Path base = Files.createDirectory(folder.resolve("swap"));
    Path tree = Files.createDirectories(base.resolve("tree"));
    Files.createDirectories(tree.resolve("a/d"));
    Files.writeString(tree.resolve("a/d/secret"), "in");
    Files.createDirectories(base.resolve("away"));
    Files.writeString(base.resolve("away/secret"), "outside, and longer");
    try (SftpServer server = SftpServer.of(tree).password(Client.PASSWORD.toCharArray()).start();
        RawSftp sftp = new RawSftp(client.login(server)).begin()) {
      String file = sftp.open("/a/d/secret", 1 | 2).handle();
      String directory = sftp.ask(SftpConstants.SSH_FXP_OPENDIR, "/a/d").handle();
      // Leads to what is beside the tree only where it is moved to.
      assertEquals(0, sftp.ask(SftpConstants.SSH_FXP_SYMLINK, "../away", "/a/l").status());
      assertEquals(0, sftp.ask(SftpConstants.SSH_FXP_RENAME, "/a", "/b").status());
      assertEquals(0, sftp.askWithoutAttributes(SftpConstants.SSH_FXP_MKDIR, "/a").status());
      assertEquals(0, sftp.ask(SftpConstants.SSH_FXP_RENAME, "/b/l", "/l").status());
      assertEquals(0, sftp.ask(SftpConstants.SSH_FXP_RMDIR, "/a").status());
      assertEquals(0, sftp.ask(SftpConstants.SSH_FXP_RENAME, "/l", "/a").status());
      RawSftp.Reply listed = sftp.ask(SftpConstants.SSH_FXP_READDIR, directory);
      assertFalse(new String(listed.rest().getCompactData(), UTF_8).contains("19 "), "seen");
      sftp.ask(SftpConstants.SSH_FXP_FSTAT, file);
      Buffer times = sftp.request(SftpConstants.SSH_FXP_FSETSTAT);
      times.putString(file);
      times.putInt(8);
      times.putInt(1);
      times.putInt(1);
      sftp.ask(times);
      assertTrue(Files.getLastModifiedTime(base.resolve("away/secret")).toMillis() > 10_000);
      sftp.write(file, 0, new byte[] {'x'});
      assertEquals("xn", Files.readString(tree.resolve("b/d/secret")));
      assertEquals("outside, and longer", Files.readString(base.resolve("away/secret")));
    }
  }

  /** Reads a file and fails where its text is the one that nobody is to see. */
  private static void checkText(RawSftp sftp, String name, int flags, String unseen)
      throws IOException {
    RawSftp.Reply opened = sftp.open(name, flags);
    if (opened.type() == SftpConstants.SSH_FXP_HANDLE) {
      Buffer read = sftp.request(SftpConstants.SSH_FXP_READ);
      read.putString(opened.handle());
      read.putLong(0);
      read.putInt(1000);
      RawSftp.Reply data = sftp.ask(read);
      if (data.type() == SftpConstants.SSH_FXP_DATA) {
        assertNotEquals(unseen, data.rest().getString(), name);
      }
      sftp.ask(SftpConstants.SSH_FXP_CLOSE, opened.handle());
    } else {
      assertFalse(opened.text().contains("secret"), opened::text);
      assertFalse(opened.text().contains("base"), opened::text);
    }
  }

  private static void setAttributes(RawSftp sftp, Object type, String name) throws IOException {
    Buffer request =
        sftp.request(type instanceof Integer known ? known : SftpConstants.SSH_FXP_EXTENDED);
    if (type instanceof String extension) {
      request.putString(extension);
    }
    request.putString(name);
    request.putInt(1 | 4 | 8);
    request.putLong(3);
    request.putInt(0700);
    request.putInt(1_000_000);
    request.putInt(1_000_000);
    sftp.ask(request);
  }

  private static void extended(RawSftp sftp, String... strings) throws IOException {
    sftp.ask(SftpConstants.SSH_FXP_EXTENDED, strings);
  }

  /** Returns what is outside the tree, with contents and times. */
  private static Map<String, String> outside(Path base, Path tree) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.list(base)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (!path.equals(tree)) {
          FileTime time = Files.getLastModifiedTime(path);
          String text = Files.isDirectory(path) ? "directory" : Files.readString(path);
          found.put(path.toString(), text + " " + time + " " + attributes(path));
        }
      }
    }
    return found;
  }

  private static Object attributes(Path path) throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.getPosixFilePermissions(path)
        : "";
  }
}
