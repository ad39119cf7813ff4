package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replacing the decrypted volume of a copy of the samples' container. */
class ImportTest {

  private static final int VOLUME = 45_056;

  @TempDir private Path folder;
  private Path container;
  private final byte[] contents = new byte[VOLUME];

  @BeforeEach
  void copyContainer() throws IOException {
    container = Files.copy(Demo.CONTAINER, folder.resolve("demo.hc"));
    new Random(Seeds.of("ImportTest")).nextBytes(contents);
  }

  private Object[] arguments(String command, Object... more) {
    Object[] arguments = Demo.arguments(command, more);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = arguments[i] == Demo.CONTAINER ? container : arguments[i];
    }
    return arguments;
  }

  private byte[] volume() {
    CommandRun.Result result = new CommandRun().run(arguments("export", "-"));
    assertEquals(0, result.status(), result::err);
    return result.bytes();
  }

  private void fails(int status, String message, CommandRun.Result result) {
    assertEquals(status, result.status(), result::err);
    assertTrue(result.err().contains(message), result::err);
  }

  @Test
  void exportGivesBackWhatImportTook() throws IOException {
    Path in = Files.write(folder.resolve("in"), contents);
    CommandRun.Result result = new CommandRun().run(arguments("import", in));
    assertEquals("", result.err());
    assertEquals(0, result.status());
    assertEquals("", result.out());
    assertArrayEquals(contents, volume());
    assertEquals(Files.size(Demo.CONTAINER), Files.size(container));
  }

  @Test
  void standardInputIsTakenToItsEnd() {
    CommandRun.Result result = new CommandRun().in(contents).run(arguments("import", "-"));
    assertEquals(0, result.status(), result::err);
    assertArrayEquals(contents, volume());
  }

  @Test
  void thePasswordMayComeFirstOnStandardInput() {
    byte[] line = (Demo.PASSWORD + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] in = Arrays.copyOf(line, line.length + VOLUME);
    System.arraycopy(contents, 0, in, line.length, VOLUME);
    CommandRun.Result result =
        new CommandRun()
            .in(in)
            .run("import", "--password-file", "-", "--pim", 1, "--hash", "sha512", container, "-");
    assertEquals(0, result.status(), result::err);
    assertArrayEquals(contents, volume());
  }

  @Test
  void aFileOfAnotherSizeIsRefusedAndNothingIsWritten() throws IOException {
    byte[] before = Files.readAllBytes(container);
    for (int size : new int[] {0, VOLUME - 1, VOLUME + 1}) {
      Path in = Files.write(folder.resolve("in"), new byte[size]);
      String said = "has " + size + " bytes, the volume " + VOLUME + "; nothing was written";
      fails(3, said, new CommandRun().run(arguments("import", in)));
      assertArrayEquals(before, Files.readAllBytes(container));
    }
  }

  @Test
  void aStreamOfAnotherSizeIsReportedWithWhatItChanged() {
    CommandRun.Result tooShort =
        new CommandRun().in(Arrays.copyOf(contents, 1000)).run(arguments("import", "-"));
    fails(3, "standard input: ends after 1000 bytes, which were replaced", tooShort);
    assertArrayEquals(Arrays.copyOf(contents, 1000), Arrays.copyOf(volume(), 1000));
    CommandRun.Result tooLong =
        new CommandRun().in(Arrays.copyOf(contents, VOLUME + 1)).run(arguments("import", "-"));
    fails(3, "standard input: goes on after the 45056 bytes of the volume", tooLong);
    assertArrayEquals(contents, volume());
  }

  @Test
  void whatCannotBeTakenIsRefusedBeforeAPasswordIsAskedFor() {
    CommandRun run =
        new CommandRun()
            .prompt(
                asked -> {
                  throw new AssertionError("asked for a password");
                });
    fails(3, "no such file", run.run("import", container, folder.resolve("missing")));
    fails(3, "is a directory", run.run("import", container, folder));
    fails(2, "IN is the container itself", run.run("import", container, container));
  }
}
