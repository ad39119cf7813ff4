package dev.tcplay.serve.sftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SFTP does to a tree, the same on ours and on other file systems. */
@Timeout(120)
class SftpServerTest extends ServedTrees {

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
