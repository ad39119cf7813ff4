package dev.tcplay.serve.sftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A volume by SFTP, as the clients of Debian use it; afterwards fsck finds nothing. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class SftpServerIT {

  private static final int SIZE = 3_000_000;

  @TempDir private Path folder;

  private PlainVolume volume;
  private SftpServer server;
  private byte[] content;
  private Path local;

  @BeforeEach
  void serve() throws Exception {
    Judge.Verdict made =
        Judge.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host("key"));
    assertEquals(0, made.status(), made::output);
    volume = new PlainVolume(folder, "exFAT", 64 << 20);
    server =
        SftpServer.of(volume.root())
            .authorizedKeys(folder.resolve("key.pub"))
            .password(Client.PASSWORD.toCharArray())
            .start();
    content = new byte[SIZE];
    new Random(1).nextBytes(content);
    local = Files.write(folder.resolve("local.bin"), content);
  }

  @AfterEach
  void endAndCheck() throws Exception {
    server.close();
    volume.closeSound();
  }

  private String host(String name) {
    return folder.resolve(name).toString();
  }

  private Path inside(String name) {
    return volume.root().resolve(name);
  }

  private List<String> options(String port) {
    return List.of(
        port,
        String.valueOf(server.address().getPort()),
        "-i",
        host("key"),
        "-o",
        "BatchMode=yes",
        "-o",
        "StrictHostKeyChecking=no",
        "-o",
        "UserKnownHostsFile=/dev/null",
        "-o",
        "LogLevel=ERROR",
        "-F",
        "/dev/null");
  }

  private String ok(String tool, List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(options);
    command.addAll(Arrays.asList(arguments));
    Judge.Verdict verdict = Judge.run(command.toArray(new String[0]));
    assertEquals(0, verdict.status(), () -> command + "\n" + verdict.output());
    return verdict.output();
  }

  /** Runs lines in one session of OpenSSH's sftp, which stops at the first that fails. */
  private String sftp(String... lines) throws Exception {
    Path batch = Files.write(folder.resolve("batch"), List.of(lines));
    List<String> options = new ArrayList<>(options("-P"));
    options.addAll(List.of("-b", batch.toString()));
    return ok("sftp", options, "anyone@127.0.0.1");
  }

  @Test
  void sftpOfOpenSsh() throws Exception {
    Files.write(folder.resolve("part.bin"), Arrays.copyOf(content, 1_000_000));
    Path times = Files.write(folder.resolve("times.bin"), new byte[10]);
    Files.setLastModifiedTime(times, FileTime.from(Instant.parse("2021-03-04T05:06:08Z")));
    String said =
        sftp(
            "mkdir d",
            "put " + local + " d/a",
            "put -f " + local + " d/\u00fc\u65e5",
            "put " + host("part.bin") + " part",
            "reput " + local + " part",
            "put " + local + " gone",
            "put -p " + times + " times",
            "rename d/a b",
            "chmod 444 times",
            "get b " + host("got.bin"),
            "get -p times " + host("times.got"),
            "-ln -s b l",
            "-ln b h",
            "df",
            "ls -l",
            "ls d",
            "cd d",
            "pwd",
            "cd ../../..",
            "rm gone",
            "mkdir e",
            "rmdir e");
    assertArrayEquals(content, Files.readAllBytes(inside("b")));
    assertArrayEquals(content, Files.readAllBytes(inside("d/\u00fc\u65e5")));
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("got.bin")));
    assertArrayEquals(content, Files.readAllBytes(inside("part")));
    assertFalse(Files.exists(inside("gone")));
    FileTime time = Files.getLastModifiedTime(times);
    assertEquals(time, Files.getLastModifiedTime(inside("times")));
    assertEquals(time, Files.getLastModifiedTime(folder.resolve("times.got")));
    assertTrue(said.contains("Remote working directory: /d"), said);
    assertTrue(said.contains("%Capacity"), said);
    assertTrue(said.matches("(?s).*-r--r--r-- .* 10 Mar  4  ?2021 .*times.*"), said);
    assertTrue(said.contains("\u00fc\u65e5"), said);
  }

  @Test
  void scpAndTrees() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/sub"));
    for (int i = 0; i < 30; i++) {
      Files.write(tree.resolve("f" + i), Arrays.copyOf(content, i * 1000));
    }
    List<String> options = new ArrayList<>(options("-P"));
    options.addAll(List.of("-s", "-r", "-p"));
    ok("scp", options, host("tree"), "anyone@127.0.0.1:/copy");
    ok("scp", options, "anyone@127.0.0.1:/copy", host("back"));
    for (int i = 0; i < 30; i++) {
      byte[] expected = Arrays.copyOf(content, i * 1000);
      assertArrayEquals(expected, Files.readAllBytes(inside("copy/sub/f" + i)));
      assertArrayEquals(expected, Files.readAllBytes(folder.resolve("back/sub/f" + i)));
    }
  }

  @Test
  void curl() throws Exception {
    assumeTrue(Judge.run("curl", "-V").output().contains(" sftp"), "curl was built without sftp");
    String base = "sftp://127.0.0.1:" + server.address().getPort() + "/";
    // It takes the password from a file, so that no other process sees it.
    Path settings =
        Files.writeString(
            folder.resolve("curlrc"), "user = \"anyone:" + Client.PASSWORD + "\"\ninsecure\n");
    List<String> options = List.of("-sS", "-K", settings.toString());
    ok("curl", options, "-T", local.toString(), "--ftp-create-dirs", base + "new/up");
    assertArrayEquals(content, Files.readAllBytes(inside("new/up")));
    ok("curl", options, "-o", host("down"), base + "new/up");
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("down")));
    ok("curl", options, "-r", "1000-1999", "-o", host("range"), base + "new/up");
    assertArrayEquals(
        Arrays.copyOfRange(content, 1000, 2000), Files.readAllBytes(folder.resolve("range")));
    assertTrue(ok("curl", options, base + "new/").contains(" up"));
    ok("curl", options, "-Q", "rename /new/up /new/other", base, "-o", "/dev/null");
    assertTrue(Files.exists(inside("new/other")));
  }

  @Test
  void sshfs() throws Exception {
    assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "no /dev/fuse");
    Path mount = Files.createDirectory(folder.resolve("mnt"));
    List<String> options = new ArrayList<>(options("-p"));
    options.removeIf(option -> option.equals("-i") || option.equals(host("key")));
    options.replaceAll(option -> option.equals("-F") ? "-o" : option);
    options.replaceAll(option -> option.equals("/dev/null") ? "ssh_command=ssh -F none" : option);
    options.addAll(List.of("-o", "IdentityFile=" + host("key")));
    List<String> command = new ArrayList<>(List.of("sshfs"));
    command.addAll(options);
    command.addAll(List.of("anyone@127.0.0.1:/", mount.toString()));
    Judge.Verdict mounted = Judge.run(command.toArray(new String[0]));
    assumeTrue(mounted.status() == 0, () -> "sshfs cannot mount here: " + mounted.output());
    try {
      workIn(mount);
    } finally {
      Judge.Verdict gone = Judge.run("fusermount3", "-u", mount.toString());
      assertEquals(0, gone.status(), gone::output);
    }
    assertArrayEquals(content, Files.readAllBytes(inside("d/renamed")));
    assertFalse(Files.exists(inside("d/gone")));
    assertEquals(5, Files.size(inside("cut")));
  }

  /** Uses the files of a mount as programs do. */
  private void workIn(Path mount) throws IOException {
    Path directory = Files.createDirectory(mount.resolve("d"));
    Files.copy(local, directory.resolve("copy"));
    Files.write(directory.resolve("gone"), new byte[1]);
    Files.move(directory.resolve("copy"), directory.resolve("renamed"));
    Files.delete(directory.resolve("gone"));
    Files.writeString(mount.resolve("cut"), "123456789");
    try (FileChannel channel = FileChannel.open(mount.resolve("cut"), StandardOpenOption.WRITE)) {
      channel.truncate(5);
      channel.force(true);
    }
    assertArrayEquals(content, Files.readAllBytes(directory.resolve("renamed")));
    assertArrayEquals(new String[] {"renamed"}, directory.toFile().list());
    assertEquals(
        "rw-r--r--",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(mount.resolve("cut"))));
    assertTrue(Files.getFileStore(mount).getTotalSpace() > 60 << 20);
  }
}
