package dev.tcplay.serve.sftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.nio.DrivenVolumes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** What SFTP does to a tree, the same on ours and on other file systems. */
@Timeout(120)
class SftpServerTest {

  private static final String KINDS = "default,jimfs,toy,FAT16,exFAT";
  private static Client client;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    client = new Client();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private interface Body {
    void run(SftpClient sftp, Path tree) throws Exception;
  }

  private void onAll(Body body) throws Exception {
    for (String kind : KINDS.split(",", -1)) {
      try {
        on(kind, false, body);
      } catch (TestAbortedException e) {
        throw e;
      } catch (Exception | AssertionError e) {
        throw new AssertionError("on " + kind, e);
      }
    }
  }

  private void on(String kind, boolean readOnly, Body body) throws Exception {
    switch (kind) {
      case "default" -> serve(Files.createDirectory(folder.resolve("tree")), readOnly, body);
      case "jimfs", "toy" -> {
        try (FileSystem fileSystem =
            kind.equals("toy") ? DrivenVolumes.toy() : Jimfs.newFileSystem(Configuration.unix())) {
          serve(fileSystem.getPath("/"), readOnly, body);
        }
      }
      default -> {
        PlainVolume volume = new PlainVolume(folder, kind, 16 << 20);
        serve(volume.root(), readOnly, body);
        volume.closeSound();
      }
    }
  }

  private static void serve(Path tree, boolean readOnly, Body body) throws Exception {
    try (SftpServer server =
            SftpServer.of(tree).readOnly(readOnly).password(Client.PASSWORD.toCharArray()).start();
        SftpClient sftp = client.sftp(server)) {
      body.run(sftp, tree);
    }
  }

  private static void put(SftpClient sftp, String path, String text) throws IOException {
    try (SftpClient.CloseableHandle handle =
        sftp.open(path, OpenMode.Write, OpenMode.Create, OpenMode.Truncate)) {
      sftp.write(handle, 0, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static int status(IoAction action) {
    return assertThrows(SftpException.class, action::run).getStatus();
  }

  private interface IoAction {
    void run() throws IOException;
  }

  @Test
  void filesAreWrittenReadAppendedAndCut() throws Exception {
    onAll(
        (sftp, tree) -> {
          put(sftp, "/f", "0123456789");
          assertEquals("0123456789", Files.readString(tree.resolve("f")));
          try (SftpClient.CloseableHandle handle = sftp.open("f", OpenMode.Read, OpenMode.Write)) {
            sftp.write(handle, 3, new byte[] {'x', 'y'});
            byte[] read = new byte[20];
            assertEquals(10, sftp.read(handle, 0, read, 0, 20));
            assertEquals(-1, sftp.read(handle, 10, read, 0, 20));
            assertEquals(-1, sftp.read(handle, Long.MAX_VALUE / 2, read, 0, 20));
          }
          assertEquals("012xy56789", Files.readString(tree.resolve("f")));
          try (SftpClient.CloseableHandle handle =
              sftp.open("/f", OpenMode.Write, OpenMode.Append)) {
            sftp.write(handle, 0, new byte[] {'e', 'n', 'd'});
            sftp.write(handle, 0, new byte[] {'!'});
          }
          assertEquals("012xy56789end!", Files.readString(tree.resolve("f")));
          sftp.setStat("/f", new Attributes().size(4));
          assertEquals("012x", Files.readString(tree.resolve("f")));
          sftp.setStat("/f", new Attributes().size(6));
          assertArrayEquals(
              new byte[] {'0', '1', '2', 'x', 0, 0}, Files.readAllBytes(tree.resolve("f")));
          try (SftpClient.CloseableHandle handle = sftp.open("/f", OpenMode.Write)) {
            sftp.setStat(handle, new Attributes().size(1));
            assertEquals(1, sftp.stat(handle).getSize());
          }
          assertEquals("0", Files.readString(tree.resolve("f")));
        });
  }

  @Test
  void statusesSayWhatWentWrong() throws Exception {
    onAll(
        (sftp, tree) -> {
          put(sftp, "/f", "x");
          sftp.mkdir("/d");
          put(sftp, "/d/g", "y");
          assertEquals(SftpConstants.SSH_FX_NO_SUCH_FILE, status(() -> sftp.stat("/none")));
          assertEquals(SftpConstants.SSH_FX_NO_SUCH_FILE, status(() -> sftp.stat("/none/x")));
          assertEquals(SftpConstants.SSH_FX_NO_SUCH_FILE, status(() -> sftp.open("/none")));
          assertEquals(SftpConstants.SSH_FX_NO_SUCH_FILE, status(() -> sftp.remove("/none")));
          assertEquals(SftpConstants.SSH_FX_NO_SUCH_FILE, status(() -> sftp.rmdir("/none")));
          assertEquals(SftpConstants.SSH_FX_NO_SUCH_FILE, status(() -> sftp.rmdir("/f")));
          assertEquals(SftpConstants.SSH_FX_NO_SUCH_FILE, status(() -> sftp.openDir("/f")));
          assertEquals(SftpConstants.SSH_FX_FAILURE, status(() -> sftp.mkdir("/d")));
          assertEquals(SftpConstants.SSH_FX_FAILURE, status(() -> sftp.mkdir("/f")));
          assertEquals(SftpConstants.SSH_FX_FAILURE, status(() -> sftp.remove("/d")));
          assertEquals(SftpConstants.SSH_FX_FAILURE, status(() -> sftp.rmdir("/d")));
          assertEquals(SftpConstants.SSH_FX_FAILURE, status(() -> sftp.open("/d")));
          assertEquals(
              SftpConstants.SSH_FX_FAILURE,
              status(() -> sftp.open("/f", OpenMode.Write, OpenMode.Create, OpenMode.Exclusive)));
          assertEquals(SftpConstants.SSH_FX_FAILURE, status(() -> sftp.rename("/f", "/d/g")));
          assertEquals(SftpConstants.SSH_FX_PERMISSION_DENIED, status(() -> sftp.rmdir("/")));
          assertEquals("y", Files.readString(tree.resolve("d/g")));
          String said = assertThrows(SftpException.class, () -> sftp.rmdir("/d")).getMessage();
          assertTrue(said.contains("Directory not empty"), said);
          assertFalse(said.contains(tree.resolve("d").toString()) && !tree.toString().equals("/"));
        });
  }

  @Test
  void namesAreListedWithAttributesAndKeepTheirLetters() throws Exception {
    onAll(
        (sftp, tree) -> {
          Set<String> names = new TreeSet<>(List.of(".", ".."));
          for (int i = 0; i < 250; i++) {
            names.add("\u00fcml\u00e4ut \u65e5\u672c " + i);
          }
          Path directory = Files.createDirectory(tree.resolve("many"));
          for (String name : names) {
            if (!name.startsWith(".")) {
              Files.writeString(directory.resolve(name), "abc");
            }
          }
          List<String> found = new ArrayList<>();
          for (SftpClient.DirEntry entry : sftp.readDir("/many")) {
            found.add(entry.getFilename());
            assertEquals(
                !entry.getFilename().startsWith("."), entry.getAttributes().isRegularFile());
          }
          assertEquals(names.size(), found.size());
          assertEquals(names, new TreeSet<>(found));
        });
  }

  @Test
  void aFileSystemWithoutModesShowsSomeAndTakesWhatItCan() throws Exception {
    on(
        "FAT16",
        false,
        (sftp, tree) -> {
          put(sftp, "/f", "x");
          sftp.mkdir("/d");
          assertEquals(0100644, sftp.stat("/f").getPermissions());
          assertEquals(040755, sftp.stat("/d").getPermissions());
          FileTime time = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));
          sftp.setStat(
              "/f", new Attributes().perms(0400).owner(7, 7).modifyTime(time).accessTime(time));
          assertEquals(time, sftp.stat("/f").getModifyTime());
          assertEquals(0100444, sftp.stat("/f").getPermissions());
          assertEquals(true, Files.getAttribute(tree.resolve("f"), "dos:readonly"));
          assertEquals(
              SftpConstants.SSH_FX_PERMISSION_DENIED,
              status(() -> sftp.open("/f", OpenMode.Write)));
          sftp.setStat("/f", new Attributes().perms(0644));
          put(sftp, "/f", "y");
        });
  }

  @Test
  void modesAndTimesAreKeptWhereThereAreSome() throws Exception {
    on(
        "default",
        false,
        (sftp, tree) -> {
          put(sftp, "/f", "x");
          FileTime time = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));
          sftp.setStat("/f", new Attributes().perms(0640).modifyTime(time).accessTime(time));
          assertEquals(0100640, sftp.stat("/f").getPermissions());
          assertEquals(time, Files.getLastModifiedTime(tree.resolve("f")));
          Object owner = Files.getAttribute(tree.resolve("f"), "unix:uid");
          assertEquals(owner, sftp.stat("/f").getUserId());
        });
  }

  @Test
  void aFileMayBeLargerThanFourGibibytes() throws Exception {
    on(
        "default",
        false,
        (sftp, tree) -> {
          long far = (5L << 30) + 7;
          try (SftpClient.CloseableHandle handle =
              sftp.open("/big", OpenMode.Read, OpenMode.Write, OpenMode.Create)) {
            sftp.write(handle, far, new byte[] {1, 2, 3});
            byte[] read = new byte[5];
            assertEquals(5, sftp.read(handle, far - 2, read, 0, 5));
            assertArrayEquals(new byte[] {0, 0, 1, 2, 3}, read);
          }
          assertEquals(far + 3, Files.size(tree.resolve("big")));
          assertEquals(far + 3, sftp.stat("/big").getSize());
        });
  }

  @Test
  void renamingReplacesOnlyWhenAskedTo() throws Exception {
    for (String kind : KINDS.split(",", -1)) {
      on(
          kind,
          false,
          (sftp, tree) -> {
            put(sftp, "/a", "a");
            put(sftp, "/b", "b");
            sftp.mkdir("/d");
            sftp.rename("/d", "/e");
            assertEquals(SftpConstants.SSH_FX_FAILURE, status(() -> sftp.rename("/a", "/b")));
            assertEquals("a", Files.readString(tree.resolve("a")));
            try (RawSftp raw = new RawSftp(sftp.getSession()).begin()) {
              assertEquals(
                  0,
                  raw.ask(
                          SftpConstants.SSH_FXP_EXTENDED,
                          "posix-rename@openssh.com",
                          "/a",
                          "/e/../b")
                      .status());
            }
            assertEquals("a", Files.readString(tree.resolve("b")));
            assertFalse(Files.exists(tree.resolve("a")));
            assertTrue(Files.isDirectory(tree.resolve("e")));
          });
    }
  }

  @Test
  void theSpaceIsToldExactly() throws Exception {
    for (String kind : List.of("FAT16", "exFAT", "jimfs")) {
      on(
          kind,
          false,
          (sftp, tree) -> {
            put(sftp, "/a", "a".repeat(100_000));
            FileStore store = Files.getFileStore(tree);
            try (RawSftp raw = new RawSftp(sftp.getSession()).begin()) {
              Buffer space =
                  raw.ask(SftpConstants.SSH_FXP_EXTENDED, "statvfs@openssh.com", "/a").rest();
              space.getLong();
              long block = space.getLong();
              assertEquals(store.getTotalSpace(), block * space.getLong());
              assertEquals(store.getUnallocatedSpace(), block * space.getLong());
              assertEquals(store.getUsableSpace(), block * space.getLong());
              space.rpos(space.rpos() + 4 * Long.BYTES);
              assertEquals(2, space.getLong());
              assertEquals(255, space.getLong());
            }
          });
    }
  }

  @Test
  void linksInsideAreFollowedAndMade() throws Exception {
    for (String kind : List.of("default", "jimfs", "toy")) {
      on(
          kind,
          false,
          (sftp, tree) -> {
            put(sftp, "/f", "text");
            sftp.mkdir("/d");
            sftp.symLink("/d/link", "../f");
            sftp.symLink("/absolute", "/f");
            assertEquals("../f", sftp.readLink("/d/link"));
            assertEquals("/f", sftp.readLink("/absolute"));
            assertEquals(
                "text", new String(sftp.read("/d/link").readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(
                "text", new String(sftp.read("/absolute").readAllBytes(), StandardCharsets.UTF_8));
            assertTrue(sftp.lstat("/d/link").isSymbolicLink());
            assertTrue(sftp.stat("/d/link").isRegularFile());
            assertEquals("/f", sftp.canonicalPath("/d/link"));
            assertEquals("/d", sftp.canonicalPath("d/../d/."));
            assertEquals("/there", sftp.canonicalPath("/not/../there"));
            sftp.remove("/d/link");
            assertEquals("text", Files.readString(tree.resolve("f")));
            if (tree.getParent() != null) {
              assertEquals(
                  SftpConstants.SSH_FX_PERMISSION_DENIED,
                  status(() -> sftp.symLink("/d/out", "../../x")));
              assertFalse(Files.exists(tree.resolve("d/out"), LinkOption.NOFOLLOW_LINKS));
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "exFAT"})
  void aReadOnlyServerRefusesAllChanges(String kind) throws Exception {
    on(
        kind,
        true,
        (sftp, tree) -> {
          Files.writeString(tree.resolve("f"), "x");
          assertEquals("x", new String(sftp.read("/f").readAllBytes(), StandardCharsets.UTF_8));
          assertEquals(0, sftp.stat("/f").getPermissions() & 0222);
          List<IoAction> changes =
              List.of(
                  () -> sftp.open("/f", OpenMode.Write),
                  () -> sftp.open("/n", OpenMode.Read, OpenMode.Create),
                  () -> sftp.remove("/f"),
                  () -> sftp.rmdir("/d"),
                  () -> sftp.mkdir("/d"),
                  () -> sftp.rename("/f", "/g"),
                  () -> sftp.symLink("/l", "f"),
                  () -> sftp.setStat("/f", new Attributes().size(0)),
                  () -> sftp.setStat("/f", new Attributes().perms(0777)));
          for (IoAction change : changes) {
            assertEquals(SftpConstants.SSH_FX_PERMISSION_DENIED, status(change));
          }
          assertEquals("x", Files.readString(tree.resolve("f")));
          assertFalse(Files.exists(tree.resolve("d")));
        });
  }

  @Test
  void aFullVolumeSaysSo() throws Exception {
    on(
        "exFAT",
        false,
        (sftp, tree) -> {
          byte[] piece = new byte[200_000];
          try (SftpClient.CloseableHandle handle =
              sftp.open("/f", OpenMode.Write, OpenMode.Create)) {
            SftpException full =
                assertThrows(
                    SftpException.class,
                    () -> {
                      for (long at = 0; at < 64 << 20; at += piece.length) {
                        sftp.write(handle, at, piece);
                      }
                    });
            assertEquals(SftpConstants.SSH_FX_FAILURE, full.getStatus());
            assertTrue(full.getMessage().contains("space"), full.getMessage());
          }
        });
  }
}
