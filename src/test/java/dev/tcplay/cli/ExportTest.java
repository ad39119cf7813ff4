package dev.tcplay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writing the decrypted volume of the samples. */
class ExportTest {

  private static final int VOLUME = 45_056;

  @TempDir private Path folder;

  private static void fine(CommandRun.Result result) {
    assertEquals("", result.err());
    assertEquals(0, result.status());
  }

  @Test
  void aPlaceThatIsNotThereIsNamedAsItWasGiven() {
    Path out = folder.resolve("missing").resolve("out");
    CommandRun.Result result = Demo.run("export", out);
    assertEquals(3, result.status());
    assertEquals("tcplay: " + out + ": cannot be made: no such file\n", result.err());
  }

  @Test
  void theVolumeOpensAsAPlainImage() throws IOException {
    Path image = folder.resolve("volume.img");
    fine(Demo.run("export", image));
    assertEquals(VOLUME, Files.size(image));
    CommandRun.Result hashes = new CommandRun().run("sha256", "--plain", image);
    fine(hashes);
    assertEquals(Files.readString(Path.of("samples/demo.sha256")), hashes.out());
    String facts = new CommandRun().run("info", "--plain", image).out();
    assertTrue(
        facts.startsWith("format: plain\nprf: -\niterations: -\ncipher: -\nmode: -\n"), facts);
  }

  @Test
  void standardOutputGetsTheSameBytes() throws IOException {
    Path image = folder.resolve("volume.img");
    fine(Demo.run("export", image));
    CommandRun.Result result = Demo.run("export", "-");
    fine(result);
    assertArrayEquals(Files.readAllBytes(image), result.bytes());
  }

  @Test
  void anExistingFileIsRefusedBeforeAPasswordIsAskedFor() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    CommandRun run =
        new CommandRun()
            .prompt(
                container -> {
                  throw new AssertionError("asked for a password");
                });
    CommandRun.Result result = run.run("export", Demo.CONTAINER, file);
    assertEquals(3, result.status());
    assertTrue(result.err().contains("--force"), result::err);
    assertEquals("kept", Files.readString(file));
  }

  @Test
  void forceReplacesAFileAndWhatALinkLeadsTo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    fine(Demo.run("export", "--force", link));
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    assertEquals(VOLUME, Files.size(file));
  }

  @Test
  void theContainerItselfIsNeverReplaced() throws IOException {
    Path container = Files.copy(Demo.CONTAINER, folder.resolve("demo.hc"));
    byte[] before = Files.readAllBytes(container);
    CommandRun.Result result =
        new CommandRun()
            .run("export", "--force", "--password", Demo.PASSWORD, container, container);
    assertEquals(2, result.status(), result::err);
    assertArrayEquals(before, Files.readAllBytes(container));
  }

  @Test
  void aDirectoryIsRefused() {
    assertEquals(3, Demo.run("export", "--force", folder).status());
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Object[] arguments = {
      "export",
      "--password",
      "wrong",
      "--hash",
      "sha512",
      "--pim",
      1,
      Demo.CONTAINER,
      folder.resolve("volume.img")
    };
    assertEquals(1, new CommandRun().run(arguments).status());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aFailureOfStandardOutputIsStatusThree() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left on device");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    for (String command : List.of("info", "ls", "sha256")) {
      assertEquals(3, new CommandRun().run(full, err, Demo.arguments(command)));
    }
    assertEquals(3, new CommandRun().run(full, err, Demo.arguments("export", "-")));
    assertEquals(3, new CommandRun().run(full, err, Demo.arguments("cat", "hello.txt")));
    assertEquals("tcplay: no space left on device\n".repeat(5), err.toString(UTF_8));
  }
}
