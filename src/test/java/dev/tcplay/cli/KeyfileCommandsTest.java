package dev.tcplay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code keyfile create} and {@code keyfile check}. */
class KeyfileCommandsTest extends ChangedContainer {

  private static CommandRun.Result keyfile(Object... arguments) {
    Object[] all =
        Stream.concat(Stream.of("keyfile"), Arrays.stream(arguments)).toArray(Object[]::new);
    return new CommandRun().run(all);
  }

  private static void assertFine(CommandRun.Result result) {
    assertEquals("", result.errBesidesAdvice());
    assertEquals(0, result.status());
  }

  private static void assertFails(int status, String message, CommandRun.Result result) {
    assertEquals(status, result.status(), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
    assertTrue(result.err().contains(message), result::err);
  }

  private Path write(String name, byte[] contents) throws IOException {
    Path file = Files.write(folder.resolve(name), contents);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private void assertWarns(String warning, Path file) {
    CommandRun.Result check = keyfile("check", file);
    assertEquals(0, check.status());
    assertEquals(1, check.err().lines().count(), check::err);
    assertTrue(check.err().startsWith("tcplay: warning: " + file + ": "), check::err);
    assertTrue(check.err().contains(warning), check::err);
  }

  @Test
  void aKeyfileThatReplacesAnotherIsItsOwnersAlone() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "read by all");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertFine(keyfile("create", "--force", key));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
  }

  @Test
  void aNewKeyfileIsRandomItsOwnersAloneAndOpensAContainer() throws IOException {
    Path key = folder.resolve("key");
    assertFine(keyfile("create", key));
    assertEquals(128, Files.size(key));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    CommandRun.Result check = keyfile("check", key);
    assertFine(check);
    assertEquals(key + ": 128 bytes count\n", check.out());
    fine("passwd", "--new-keyfile=" + key);
    CommandRun.Result opened = run("verify", "--keyfile=" + key);
    assertFine(opened);
    assertEquals(1, run("verify").status());
  }

  @Test
  void theSizeIsThatAskedForAndTwoAreDifferent() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    assertFine(keyfile("create", "--size", "1M", one));
    assertFine(keyfile("create", "--size", "1M", two));
    assertEquals(1 << 20, Files.size(one));
    assertNotEquals(-1, Files.mismatch(one, two));
    assertFine(keyfile("create", "--size", "1", "--force", one));
    assertEquals(1, Files.size(one));
    assertFails(2, "expected from 1 to 1048576 bytes", keyfile("create", "--size", "1048577", one));
  }

  @Test
  void whatExistsIsReplacedByForceOnlyAndADirectoryNever() throws IOException {
    Path key = write("key", random(100));
    assertFails(3, "exists already", keyfile("create", key));
    assertArrayEquals(random(100), Files.readAllBytes(key));
    assertFine(keyfile("create", "--force", key));
    assertEquals(128, Files.size(key));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertFails(3, "is not replaced", keyfile("create", "--force", empty));
    assertTrue(Files.isDirectory(empty));
    try (Stream<Path> left = Files.list(folder)) {
      assertFalse(left.anyMatch(file -> file.getFileName().toString().endsWith(".tmp")));
    }
  }

  @Test
  void aRandomSourceIsMixedInAndMustHaveBytes() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Path source = write("source", random(1000));
    assertFine(keyfile("create", "--random-source", source, one));
    assertFine(keyfile("create", "--random-source", source, two));
    // The system's own numbers are not replaced by it.
    assertNotEquals(-1, Files.mismatch(one, two));
    assertFine(keyfile("create", "--force", "--random-source", "/dev/zero", one));
    Path nothing = write("nothing", new byte[0]);
    assertFails(3, "no bytes", keyfile("create", "--force", "--random-source", nothing, two));
    fine("passwd", "--new-password=" + PASSWORD, "--random-source=" + source);
    fine("info");
  }

  @Test
  void ofALongFileTheFirstMebibyteCounts() throws IOException {
    Path exact = write("exact", random(1 << 20));
    Path longer = write("longer", random((1 << 20) + 1));
    CommandRun.Result check = keyfile("check", exact, longer);
    assertEquals(
        List.of(exact + ": 1048576 bytes count", longer + ": the first 1048576 bytes count"),
        check.lines());
    // Two files whose first bytes are the same are the same keyfile.
    assertFails(0, "has the same contents as " + exact, check);
  }

  @Test
  void ofADirectoryRegularFilesCountWhoseNamesHaveNoDotInFront() throws IOException {
    Path keys = Files.createDirectory(folder.resolve("keys"));
    write("keys/b", random(64));
    write("keys/a", random(65));
    write("keys/.hidden", random(66));
    Files.createDirectory(keys.resolve("sub"));
    CommandRun.Result check = keyfile("check", keys);
    assertFine(check);
    assertEquals(
        List.of(
            keys.resolve("a") + ": 65 bytes count",
            keys.resolve("b") + ": 64 bytes count",
            keys.resolve(".hidden") + ": does not count",
            keys.resolve("sub") + ": does not count"),
        check.lines());
    assertFails(3, "no keyfile in the directory", keyfile("check", keys.resolve("sub")));
  }

  @Test
  void whatCannotBeAKeyfileIsAFailureAndTheOthersAreToldOf() throws IOException {
    Path good = write("good", random(128));
    Path empty = write("empty", new byte[0]);
    CommandRun.Result check = keyfile("check", empty, good);
    assertFails(3, "keyfile is empty", check);
    assertEquals(good + ": 128 bytes count\n", check.out());
    assertFails(3, "no such file", keyfile("check", folder.resolve("none")));
  }

  @Test
  void weakContentsAreWarnedOf() throws IOException {
    assertWarns("all of its bytes are equal", write("zeros", new byte[100_000]));
    assertWarns("a single byte", write("one", new byte[1]));
    assertWarns("may be guessed", write("short", "hello".getBytes(UTF_8)));
    byte[] pattern = new byte[10_000];
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = (byte) (i % 3);
    }
    assertWarns("repeats itself", write("pattern", pattern));
  }

  @Test
  void textAndShortRandomKeysAreFine() throws IOException {
    assertFine(keyfile("check", write("licence", Files.readAllBytes(Path.of("LICENSE")))));
    assertFine(keyfile("check", write("key", random(32))));
  }

  @Test
  void whatOthersReadAndWhatChangesIsWarnedOf() throws Exception {
    Path open = write("open", random(128));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertWarns("others than its owner may read it", open);
    Path pipe = folder.resolve("pipe");
    assertEquals(0, Judge.run("mkfifo", "-m", "600", pipe.toString()).status());
    assertWarns("was not read", pipe);
    CommandRun.Result uptime = keyfile("check", Path.of("/proc/uptime"));
    assertTrue(uptime.err().contains("may be guessed"), uptime::err);
  }
}
