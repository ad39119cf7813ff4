package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replacing the decrypted volume of a copy of the samples' container. */
class ImportTest {

  private static final int VOLUME = 45_056;
  private static final int LARGE = 4 << 20;

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
  void aStreamThatIsTooLongIsReportedWithWhatItChanged() {
    CommandRun.Result tooLong =
        new CommandRun().in(Arrays.copyOf(contents, VOLUME + 1)).run(arguments("import", "-"));
    fails(3, "standard input: goes on after the 45056 bytes of the volume", tooLong);
    assertArrayEquals(contents, volume());
  }

  @Test
  void aStreamThatEndsWithinTheHeadOfTheVolumeChangesNothing() throws IOException {
    byte[] before = Files.readAllBytes(container);
    CommandRun.Result tooShort =
        new CommandRun().in(Arrays.copyOf(contents, 1000)).run(arguments("import", "-"));
    fails(
        3,
        "standard input: ends after 1000 bytes, the volume has 45056; nothing was written",
        tooShort);
    assertArrayEquals(before, Files.readAllBytes(container));
  }

  /** Makes a disk image with a file system, larger than what is held back. */
  private Path image() {
    Path image = folder.resolve("image");
    CommandRun.Result export = new CommandRun().run(arguments("export", image));
    assertEquals(0, export.status(), export::err);
    assertDoesNotThrow(
        () -> {
          try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(LARGE);
          }
        });
    CommandRun.Result format = new CommandRun().run("format", "--plain", image);
    assertEquals(0, format.status(), format::err);
    return image;
  }

  @Test
  void aVolumeOfWhichAPartIsReplacedCountsAsUnformatted() throws Exception {
    Path image = image();
    byte[] sound = Files.readAllBytes(image);
    CommandRun.Result tooShort =
        new CommandRun().in(Arrays.copyOf(sound, LARGE - 5)).run("import", "--plain", image, "-");
    fails(3, "standard input: ends after 4194299 bytes, the volume has 4194304; ", tooShort);
    fails(3, "4194299 bytes of the volume were replaced, and it holds no file system", tooShort);
    assertEquals("tcplay:raw", fileSystem(image));
    CommandRun.Result whole = new CommandRun().in(sound).run("import", "--plain", image, "-");
    assertEquals(0, whole.status(), whole::err);
    assertArrayEquals(sound, Files.readAllBytes(image));
  }

  @Test
  void aStopWhileTheNextBytesAreWaitedForSaysWhatWasReplaced() throws Exception {
    Path image = image();
    byte[] sound = Files.readAllBytes(image);
    int sent = 3 << 20;
    RunningCommand command = new RunningCommand();
    CompletableFuture<String> line = new CompletableFuture<>();
    // Blocks at its end until the stop interrupts it, as a pipe does that stays open.
    InputStream pipe =
        new SequenceInputStream(
            new ByteArrayInputStream(sound, 0, sent),
            new InputStream() {
              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return read();
              }

              @Override
              public int read() throws IOException {
                new Thread(() -> line.complete(assertDoesNotThrow(command::stop))).start();
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                throw new InterruptedIOException();
              }
            });
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            pipe,
            new Output(OutputStream.nullOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            question -> null,
            null);
    command.run(() -> Main.run(terminal, "import", "--plain", image.toString(), "-"));
    assertEquals(
        "interrupted; 3145728 bytes of the volume were replaced, and it holds no file system any"
            + " more",
        line.get());
    assertEquals("", err.toString(StandardCharsets.UTF_8));
    assertEquals("tcplay:raw", fileSystem(image));
    byte[] after = Files.readAllBytes(image);
    assertArrayEquals(new byte[1 << 20], Arrays.copyOf(after, 1 << 20));
  }

  private static String fileSystem(Path image) throws IOException {
    try (FileSystem volume = Tcplay.open(image).format("plain").mount()) {
      return Files.getFileStore(volume.getPath("/")).type();
    }
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
