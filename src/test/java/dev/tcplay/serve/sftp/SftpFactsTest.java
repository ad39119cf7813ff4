package dev.tcplay.serve.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileStore;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What SFTP tells of a tree: names, attributes, room, and what went wrong. */
@Timeout(120)
class SftpFactsTest extends ServedTrees {

  @Test
  void statusesSayWhatWentWrong() throws Exception {
    onAll(
        (sftp, tree) -> {
          put(sftp, "/f", "x");
          sftp.mkdir("/d");
          put(sftp, "/d/g", "y");
          assertEquals(SftpConstants.SSH_FX_NO_SUCH_FILE, status(() -> sftp.stat("/none")));
          assertEquals(SftpConstants.SSH_FX_NO_SUCH_FILE, status(() -> sftp.stat("/none/x")));
          assertEquals(SftpConstants.SSH_FX_NO_SUCH_FILE, status(() -> sftp.stat("/f/x")));
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
}
