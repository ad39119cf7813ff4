package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.cli.dialect.TcplayLine;
import dev.tcplay.cli.dialect.TcplayOption;
import dev.tcplay.cli.dialect.TcplayRequest;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.model.Keys;
import dev.tcplay.testing.Judge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says in the words of tcplay(8). */
@Timeout(120)
class DialectTest {

  private static final String PASSWORD = "an open secret";

  @TempDir private Path folder;

  private static CommandRun.Result run(String answers, Object... arguments) {
    return new CommandRun().in(answers).run(arguments);
  }

  private Path file(String name, long size) throws IOException {
    Path file = folder.resolve(name);
    try (var channel =
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (size > 0) {
        channel.position(size - 1).write(ByteBuffer.allocate(1));
      }
    }
    return file;
  }

  private static OpenContainer open(MappedContainer container) throws IOException {
    return Tcplay.open(container.file())
        .password(container.password())
        .hash(container.options().get(1))
        .format("TrueCrypt")
        .open();
  }

  private MappedContainer cascade() throws IOException {
    return MappedContainer.old(folder, 4, CipherMode.XTS, "AES-Twofish", "sha512");
  }

  @Test
  void aStopIsNoErrorOfItsOwn() throws Exception {
    Path file = file("c", 1 << 20);
    RunningCommand command = new RunningCommand();
    command.stop();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        command.run(
            () ->
                new CommandRun()
                    .in("p\np\ny\n")
                    .run(OutputStream.nullOutputStream(), err, "-c", "-d", file));
    assertEquals(DialectCommand.FAILED, status);
    assertFalse(err.toString(StandardCharsets.UTF_8).contains("error"), err::toString);
  }

  private static String text(Map<String, Object> facts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Output output = new Output(out);
    VolumeFacts.print(facts, output);
    output.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The lines of -i that -j has, too. */
  private static List<String> info(CommandRun.Result result) {
    assertEquals(0, result.status(), result::err);
    return result.out().lines().filter(line -> !line.matches("Pass.*|PBKDF2.*|CRC.*")).toList();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void infoReadsTheHeaderOfWhatIsMappedAndBothTellTheSame() throws Exception {
    MappedContainer container = cascade();
    List<String> before = info(run(PASSWORD + "\n", "-i", "-d", container.file()));
    RunFolder runFolder = new RunFolder(folder.resolve("run"));
    try (OpenContainer open = open(container);
        Claim claim = runFolder.claim("vol");
        MappedVolume mapped = new MappedVolume(claim, container.file(), open, false, null, null)) {
      List<String> told = DialectMapped.lines("vol", text(mapped.facts()));
      assertEquals(before, told.subList(1, told.size()));
      assertEquals(before, info(run(PASSWORD + "\n", "-i", "-d", container.file())));
    }
  }

  @Test
  void whatIsServedAsATreeHasItsSize() throws Exception {
    run(
        PASSWORD + "\n" + PASSWORD + "\ny\n",
        "-c",
        "-z",
        "-a",
        "SHA512",
        "-d",
        file("vol", 1 << 20));
    Path file = folder.resolve("vol");
    try (FileSystem volume =
        Tcplay.open(file).password(PASSWORD).format("TrueCrypt").hash("sha512").mount()) {
      String facts = text(new TreeService(file, volume).facts());
      assertTrue(DialectMapped.lines("web", facts).contains("Volume size:\t\t1536 sectors"), facts);
    }
  }

  @Test
  void whatTcplayHasNoNameForIsRefused() throws Exception {
    MappedContainer container = MappedContainer.old(folder, 2, CipherMode.LRW, "AES", "ripemd160");
    String reason = "is encrypted by AES in mode lrw, for which tcplay has no name; tcplay ";
    CommandRun.Result info = run(PASSWORD + "\n", "-i", "-d", container.file());
    assertEquals(255, info.status());
    assertEquals(container.file() + " " + reason + "info FILE tells of it\n", info.err());
    try (OpenContainer open = open(container)) {
      assertEquals(
          "vol " + reason + "status NAME tells of it", refusal(VolumeFacts.of(open.info())));
    }
    Path image = file("image", 1 << 20);
    try (OpenContainer plain = Tcplay.open(image).format("plain").open()) {
      assertEquals(
          "vol is not encrypted; tcplay status NAME tells of it",
          refusal(VolumeFacts.of(plain.info())));
    }
  }

  private static String refusal(Map<String, Object> facts) throws IOException {
    String text = text(facts);
    return String.valueOf(
        assertThrows(IOException.class, () -> DialectMapped.lines("vol", text)).getMessage());
  }

  /** Nobody answers: whatever is asked would end in another message. */
  @ParameterizedTest
  @CsvSource({"1,262144", "262144,262144", "262656,299008", "298496,299008"})
  void aDeviceThatIsTooSmallIsRefusedBeforeAnythingIsAsked(long size, long least) throws Exception {
    Path file = file("small", size);
    CommandRun.Result result = run("", "-c", "-g", "-d", file);
    assertEquals(
        "Cannot create volumes on devices with less than %d bytes\ncould not create new volume on %s\n"
            .formatted(least, file),
        result.err());
    assertEquals("", result.out());
    assertEquals(255, result.status());
  }

  @Test
  void theSmallestDeviceIsLargeEnough() throws Exception {
    Path file = file("smallest", 299_008);
    CommandRun.Result made = run("p\np\ny\n", "-c", "-a", "SHA512", "-d", file);
    assertEquals(0, made.status(), made::err);
    assertTrue(run("p\n", "-i", "-d", file).out().contains("Volume size:\t\t72 sectors\n"));
  }

  @Test
  void hashesOfTwoFormatsAndOddSizesAreRefusedBeforeAnythingIsAsked() throws Exception {
    Path odd = file("odd", 300_001);
    CommandRun.Result size = run("", "-c", "-d", odd);
    assertTrue(size.err().startsWith(odd + " has 300001 bytes, which is no multiple"), size::err);
    Path file = file("file", 1 << 20);
    CommandRun.Result formats = run("", "-c", "-g", "-d", file, "-a", "SHA512", "-x", "SHA512-VC");
    assertTrue(formats.err().startsWith("SHA512 and SHA512-VC are of different"), formats::err);
    assertEquals("", size.out() + formats.out());
  }

  @Test
  void aHiddenVolumeThatIsTooSmallIsAskedForAgain() throws Exception {
    Path file = file("outer", 1 << 20);
    CommandRun.Result result =
        run("o\no\nh\nh\n1K\n512K\nn\n", "-c", "-z", "-g", "-a", "SHA512", "-d", file);
    assertTrue(
        result.err().startsWith("Hidden volume needs at least 40960 bytes\nUser cancelled"),
        result::err);
    assertTrue(result.out().contains("Create hidden volume of 524288 bytes"), result::out);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "empty", "/dev/null"})
  @DisabledOnOs(OS.WINDOWS)
  void whatHasNoSizeIsRefusedBeforeAnythingIsAsked(String name) throws Exception {
    file("empty", 0);
    Path file = folder.resolve(name);
    for (String task : List.of("-i", "-mvol", "--modify")) {
      CommandRun.Result result = run("p\n", task, "-d", file);
      assertEquals("could not get disk information\n", result.err());
      assertEquals("", result.out());
      assertEquals(255, result.status());
    }
    assertTrue(run("p\n", "-c", "-d", file).err().startsWith("could not get disk info\n"));
  }

  @Test
  void onlyTheHashesOfTcplayAreTried() throws Exception {
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new Output(new ByteArrayOutputStream()),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            question -> null,
            null);
    TcplayRequest request = (TcplayRequest) TcplayLine.parse(List.of("-i", "-d", "x"));
    DialectUnlocking unlocking = new DialectUnlocking(new DialectTerminal(terminal), request);
    try (Keys keys = unlocking.with(Keys.of(PASSWORD), TcplayOption.KEYFILE)) {
      assertEquals("RIPEMD160,SHA512,whirlpool,SHA256", keys.hash().orElseThrow());
    }
  }

  /** A name that ends its line could say what it likes in the output of others. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void clientsOfADeviceGetItsNameInOneLine() throws Exception {
    MappedContainer container = cascade();
    Path file = Files.move(container.file(), folder.resolve("c\n\tis_read_only: true"));
    try (OpenContainer open =
            Tcplay.open(file).password(PASSWORD).hash("sha512").format("TrueCrypt").open();
        Claim claim = new RunFolder(folder.resolve("run")).claim("vol");
        MappedVolume mapped = new MappedVolume(claim, file, open, false, null, null)) {
      Judge.Verdict info = Judge.run("nbdinfo", mapped.announcement().get(0));
      assertEquals(0, info.status(), info::output);
      assertTrue(info.output().contains("c\\u000a\\u0009is_read_only: true"), info::output);
    }
  }

  @Test
  void aTableThatDmCryptHasNotIsAFailureAndNoMisuse() throws Exception {
    MappedContainer container =
        MappedContainer.old(folder, 2, CipherMode.CBC, "AES-Twofish", "ripemd160");
    Object[] line = {"table", "--password", PASSWORD, "--hash", "ripemd160", container.file()};
    CommandRun.Result table = run("", line);
    assertEquals(3, table.status());
    assertTrue(table.err().startsWith("tcplay: " + container.file() + ": "), table::err);
    assertEquals(1, table.err().lines().count(), table::err);
    assertFalse(table.err().contains("--help"), table::err);
    CommandRun.Result name =
        run(
            "",
            "table",
            "--password",
            PASSWORD,
            "--hash",
            "sha512",
            "--name",
            "a b",
            cascade().file());
    assertEquals(2, name.status(), name::err);
  }
}
