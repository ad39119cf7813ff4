package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** {@code verify}: whether a password opens a container. */
class VerifyCommandTest extends ChangedContainer {

  private static final String NORMAL = "opens: normal volume of VeraCrypt, sha512, AES in XTS";

  private void wipe(long position) throws IOException {
    try (FileChannel channel = FileChannel.open(container, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(512), position);
    }
  }

  private void assertSays(String line, CommandRun.Result result) {
    assertEquals("", result.errBesidesAdvice());
    assertEquals(0, result.status());
    assertEquals(line + "\n", result.out());
  }

  private void assertFails(int status, String message, CommandRun.Result result) {
    assertFails(status, message, 1, result);
  }

  /** Each try says that it has failed. */
  private void assertFails(int status, String message, int tries, CommandRun.Result result) {
    assertEquals(status, result.status(), result::err);
    assertEquals(tries, result.err().lines().count(), result::err);
    assertTrue(result.err().contains(message), result::err);
    assertEquals("", result.out());
  }

  @Test
  void theRightPasswordIsOneLineAndTheWrongOneStatusOne() throws IOException {
    byte[] before = Files.readAllBytes(container);
    assertSays(NORMAL, run("verify"));
    CommandRun.Result wrong =
        new CommandRun().run("verify", "--password", "y", "--hash", "sha512", container);
    assertFails(1, "new.hc", wrong);
    assertFails(1, "new.hc", run("verify", "--hidden"));
    assertArrayEquals(before, Files.readAllBytes(container));
  }

  @Test
  void whatIsInTheVolumeDoesNotMatter() throws IOException {
    wipe(131_072);
    assertSays(NORMAL, run("verify"));
  }

  @Test
  void theBackupIsVerifiedWhereTheHeaderIsLost() throws IOException {
    wipe(0);
    assertFails(1, "new.hc", run("verify", "--no-backup-header"));
    assertSays(NORMAL, run("verify", "--backup-header"));
    CommandRun.Result byItself = run("verify");
    assertEquals(0, byItself.status(), byItself::err);
    assertEquals(NORMAL + "\n", byItself.out());
    assertTrue(byItself.err().startsWith("tcplay: warning: opened by its backup"), byItself::err);
  }

  @Test
  void othersMayReadTheContainerMeanwhile() throws IOException {
    try (Keys keys = Keys.builder().password(PASSWORD).pim(1).hash("sha512").build();
        OpenContainer reader = Tcplay.open(container).keys(keys).readOnly(true).open()) {
      assertSays(NORMAL, run("verify"));
      assertTrue(reader.device().isReadOnly());
    }
  }

  @Test
  void aKeyfileAndAPasswordThatIsAskedForOpenIt() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "key");
    fine("passwd", "--new-keyfile=" + key);
    CommandRun asking = new CommandRun().prompt(question -> PASSWORD.toCharArray());
    assertSays(
        NORMAL,
        asking.run(
            "verify",
            "--pim",
            1,
            "--hash",
            "sha512",
            "--password",
            PASSWORD,
            "--keyfile",
            key,
            container));
    assertFails(1, "new.hc", 3, asking.run("verify", "--pim", 1, "--hash", "sha512", container));
  }

  @Test
  void whatHasNoPasswordOrIsMissingIsRefused() {
    assertFails(
        2, "a plain file has no password", new CommandRun().run("verify", "--plain", container));
    assertFails(3, "no such file", new CommandRun().run("verify", folder.resolve("none")));
  }
}
