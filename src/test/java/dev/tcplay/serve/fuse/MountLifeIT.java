package dev.tcplay.serve.fuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.VolumeRepair;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * How mounts begin and end. The system property {@code tcplay.kills} says how often the process is
 * killed (2).
 */
@Timeout(1200)
@EnabledOnOs(OS.LINUX)
class MountLifeIT {

  private static final int KILLS = Integer.getInteger("tcplay.kills", 2);
  private static final long BYTES = 8 << 20;

  /** What the system says of a mount whose process was killed. */
  private static final Pattern KILLED = Pattern.compile("onnect|Input/output error$");

  @TempDir private Path folder;

  private Path mounted() throws IOException {
    return Files.createDirectories(folder.resolve("mounted"));
  }

  @Test
  void aMountInUseStaysAndSaysWhoUsesIt() throws Exception {
    MountProcess program = MountProcess.start(List.of());
    Path mounted = mounted();
    Path tree = folder.resolve("tree");
    program.mountTree(tree, mounted);
    assertEquals(
        "FileSystemException: " + mounted + ": something is mounted there already",
        program.say("tree", tree, mounted));
    Files.writeString(mounted.resolve("a"), "abc");
    try (InputStream open = Files.newInputStream(mounted.resolve("a"))) {
      assertEquals(1, open.read(new byte[1]));
      assertEquals("1", program.say("clients", mounted));
      String answer = program.say("close", mounted);
      assertTrue(answer.startsWith("MountBusyException: " + mounted + ": is in use by "), answer);
      assertTrue(answer.contains("(" + ProcessHandle.current().pid() + ")"), answer);
      assertTrue(
          answer.endsWith(": close what is open in it, leave its directories, and unmount again"),
          answer);
      assertEquals(2, open.read(new byte[2]));
    }
    assertEquals("closed", program.say("close", mounted));
    assertEquals("abc", Files.readString(tree.resolve("a")));
    program.end();
  }

  /** Only who does not answer at all is dead; the tree may have a reason to fail. */
  @Test
  void aMountWhoseTreeFailsIsNotTakenForADeadOne() throws Exception {
    MountProcess program = MountProcess.start(List.of());
    Path mounted = mounted();
    Path tree = folder.resolve("tree");
    program.mountTree(tree, mounted);
    Files.delete(tree);
    Files.createFile(tree);
    // The kernel looks again after a second, and finds that the root is none any more: EIO.
    for (int i = 0; i < 1200 && Files.isDirectory(mounted); i++) {
      Thread.sleep(50);
    }
    IOException failure =
        assertThrows(
            IOException.class, () -> Files.readAttributes(mounted, BasicFileAttributes.class));
    assertFalse(FuseMount.freeIfDead(mounted), failure::toString);
    assertTrue(MountPoint.of(mounted).isMounted());
    assertEquals("closed", program.say("close", mounted));
    program.end();
  }

  @Test
  void aMountWhoseProcessHangsIsNotWaitedFor() throws Exception {
    MountProcess program = MountProcess.start(List.of());
    Path mounted = mounted();
    program.mountTree(folder.resolve("tree"), mounted);
    Path link = Files.createSymbolicLink(folder.resolve("link"), mounted);
    program.pause(true);
    try {
      String message =
          assertThrows(IOException.class, () -> FuseMount.freeIfDead(link)).getMessage();
      assertTrue(message.startsWith(mounted + ": does not answer: "), message);
    } finally {
      program.pause(false);
    }
    assertFalse(FuseMount.freeIfDead(mounted));
    assertEquals("closed", program.say("close", mounted));
    program.end();
  }

  @Test
  void aMountThatWasDetachedFromOutsideKnowsThat() throws Exception {
    MountProcess program = MountProcess.start(List.of());
    Path mounted = mounted();
    program.mountTree(folder.resolve("tree"), mounted);
    Files.writeString(mounted.resolve("a"), "abc");
    assertEquals("false", program.say("detached", mounted));
    try (InputStream open = Files.newInputStream(mounted.resolve("a"))) {
      Judge.Verdict verdict = Judge.run("fusermount3", "-uz", mounted.toString());
      assertEquals(0, verdict.status(), verdict::output);
      assertEquals("true", program.say("detached", mounted));
      assertEquals('a', open.read());
    }
    assertEquals("ended", program.say("await", mounted));
    program.end();
  }

  @Test
  void aTreeOfTheDefaultFileSystemKeepsModesAndLinks() throws Exception {
    MountProcess program = MountProcess.start(List.of());
    Path mounted = mounted();
    program.mountTree(folder.resolve("tree"), mounted);
    Path file = Files.writeString(mounted.resolve("a"), "abc");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx--x---"));
    Files.createSymbolicLink(mounted.resolve("l"), Path.of("a"));
    assertEquals("abc", Files.readString(mounted.resolve("l")));
    assertEquals("a", Files.readSymbolicLink(mounted.resolve("l")).toString());
    Path below = folder.resolve("tree/a");
    assertEquals("rwx--x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(below)));
    assertEquals(Files.getAttribute(below, "unix:ino"), Files.getAttribute(file, "unix:ino"));
    assertEquals("closed", program.say("close", mounted));
    program.end();
  }

  @Test
  void fusermountEndsIt() throws Exception {
    MountProcess program = MountProcess.start(List.of());
    Path container = folder.resolve("c.hc");
    Plaintext.make(container, "fat", BYTES);
    program.mount(container, mounted());
    Files.writeString(mounted().resolve("a"), "abc");
    Judge.Verdict verdict = Judge.run("fusermount3", "-u", mounted().toString());
    assertEquals(0, verdict.status(), verdict::output);
    assertEquals("ended", program.say("await", mounted()));
    program.end();
    Plaintext.check(container, "fat", folder.resolve("plain.img"));
  }

  @Test
  void aKilledProcessLeavesWhatAPowerCutLeaves() throws Exception {
    long seed = Seeds.of("MountLifeIT");
    for (int i = 0; i < KILLS; i++) {
      String type = i % 2 == 0 ? "fat" : "exfat";
      Path container = folder.resolve(i + ".hc");
      Plaintext.make(container, type, BYTES);
      Map<String, byte[]> forced = new TreeMap<>();
      MountProcess program = MountProcess.start(List.of());
      program.mount(container, mounted());
      work(program, forced, new Random(seed + i));
      // Its mount is dead now, and is freed by who mounts there.
      MountProcess second = MountProcess.start(List.of());
      assertEquals(
          "mounted " + folder.resolve("mounted"),
          second.say("tree", folder.resolve("tree"), folder.resolve("mounted")));
      second.end();
      Tcplay.open(container)
          .password("x")
          .pim(1)
          .hash("sha512")
          .repair(new VolumeRepair(), finding -> {});
      Plaintext.check(container, type, folder.resolve("plain.img"));
      try (var volume = Tcplay.open(container).password("x").pim(1).hash("sha512").mount()) {
        for (Map.Entry<String, byte[]> each : forced.entrySet()) {
          assertArrayEquals(
              each.getValue(),
              Files.readAllBytes(volume.getPath("/" + each.getKey())),
              each.getKey());
        }
      }
      Files.delete(container);
    }
  }

  /** Writes files, forces every other one, and renames and deletes, until the process is killed. */
  private void work(MountProcess program, Map<String, byte[]> forced, Random random)
      throws Exception {
    Path mounted = folder.resolve("mounted");
    int last = 40 + random.nextInt(100);
    AtomicBoolean isKilled = new AtomicBoolean();
    Thread killer =
        new Thread(
            () -> {
              try {
                Thread.sleep(random.nextInt(400));
                isKilled.set(true);
                program.kill();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    killer.start();
    try {
      for (int i = 0; i < last * 100; i++) {
        String name = "file " + i % last;
        forced.remove(name);
        byte[] bytes = new byte[random.nextInt(30_000)];
        random.nextBytes(bytes);
        Files.deleteIfExists(mounted.resolve(name));
        try (FileChannel channel =
            FileChannel.open(
                mounted.resolve(name), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
          channel.write(ByteBuffer.wrap(bytes));
          if (i % 2 == 0) {
            channel.force(true);
            forced.put(name, bytes);
          }
        }
      }
    } catch (IOException e) {
      // ECONNABORTED and then ENOTCONN, or EIO for a request that was just handed over.
      assertTrue(KILLED.matcher(e.getMessage()).find(), e::toString);
      assertTrue(isKilled.get(), e::toString);
    }
    killer.join();
  }
}
