package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.CryptoDiagnostics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * {@code selftest} and {@code benchmark}, with the library's diagnostics and with invented ones.
 */
class DiagnosticsCommandsTest {

  /** Has one cipher and two functions, whose figures are known. */
  private record Invented(Optional<String> failure) implements CryptoDiagnostics {

    @Override
    public void selfTest(long seed, Consumer<Check> listener) {
      listener.accept(new Check("AES", "platform", "FIPS 197", Optional.empty()));
      listener.accept(new Check("XTS-AES", "platform", "seed " + seed, failure));
    }

    @Override
    public List<String> ciphers() {
      return List.of("AES-Twofish");
    }

    @Override
    public List<String> kdfs() {
      return List.of("sha512", "argon2id");
    }

    @Override
    public Optional<String> findCipher(String spelling) {
      return ciphers().stream().filter(spelling::equalsIgnoreCase).findFirst();
    }

    @Override
    public Optional<String> findKdf(String spelling) {
      return kdfs().stream().filter(spelling::equalsIgnoreCase).findFirst();
    }

    @Override
    public CipherSpeed measureCipher(
        String cipher, Direction direction, int threads, Duration time) {
      double speed = (direction == Direction.ENCRYPT ? 1234.56 : 2345.67) * threads;
      return new CipherSpeed(cipher, "xts", direction, threads, speed, "platform+tables");
    }

    @Override
    public KdfSpeed measureKdf(String kdf, Duration time) {
      return kdf.equals("sha512")
          ? new KdfSpeed(kdf, 500_000, 192, OptionalDouble.of(0.51239), "platform")
          : new KdfSpeed(kdf, 6, 192, OptionalDouble.empty(), "words");
    }
  }

  private static CommandRun.Result selfTest(CryptoDiagnostics diagnostics, String... arguments) {
    return run(terminal -> new SelfTestCommand(terminal, () -> diagnostics), arguments);
  }

  private static CommandRun.Result benchmark(String... arguments) {
    Invented invented = new Invented(Optional.empty());
    return run(terminal -> new BenchmarkCommand(terminal, () -> invented), arguments);
  }

  private static CommandRun.Result run(
      Function<Terminal, Callable<Integer>> command, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new Output(out),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            container -> null,
            null);
    int status = new CommandLine(command.apply(terminal)).execute(arguments);
    return new CommandRun.Result(status, out, err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aSelfTestThatPassesSaysSoAndPrintsItsSeed() {
    CommandRun.Result result = selfTest(new Invented(Optional.empty()), "--seed", "-42");
    assertEquals(0, result.status());
    assertEquals(
        List.of(
            "seed: -42",
            "ok      AES (platform) against FIPS 197",
            "ok      XTS-AES (platform) against seed -42",
            "all 2 checks passed"),
        result.lines());
    assertEquals("", result.err());
  }

  @Test
  void aSelfTestThatFailsSaysWhatAndEndsWithThree() {
    CommandRun.Result result = selfTest(new Invented(Optional.of("wrong")), "--seed=7");
    assertEquals(3, result.status());
    assertEquals("FAILED  XTS-AES (platform) against seed 7: wrong", result.lines().get(2));
    assertEquals("tcplay: 1 of 2 checks failed\n", result.err());
  }

  @Test
  void everyRunHasASeedOfItsOwn() {
    Invented invented = new Invented(Optional.empty());
    String first = selfTest(invented).lines().get(0);
    assertTrue(first.matches("seed: -?\\d+"), first);
    assertTrue(!first.equals(selfTest(invented).lines().get(0)), first);
  }

  @Test
  void theLibraryPassesItsOwnSelfTest() {
    CommandRun.Result result = new CommandRun().run("selftest");
    assertEquals(0, result.status(), () -> result.out() + result.err());
    List<String> lines = result.lines();
    assertTrue(lines.get(lines.size() - 1).matches("all \\d+ checks passed"), result::out);
  }

  @Test
  void aBenchmarkIsATable() {
    CommandRun.Result result = benchmark();
    assertEquals(0, result.status(), result::err);
    List<String> lines = result.lines();
    assertEquals("# JDK " + Machine.jdk() + ", " + Machine.cpu(), lines.get(0));
    assertEquals(
        "AES-Twofish                 xts  platform+tables               1   1234.6 MB/s   2345.7 MB/s",
        lines.get(3));
    assertEquals(
        "sha512                      platform                    500000    192    0.512 s",
        lines.get(lines.size() - 2));
    assertEquals(
        "argon2id                    words                            6    192  no memory",
        lines.get(lines.size() - 1));
  }

  @Test
  void aBenchmarkAsJsonHasTheAgreedMembers() {
    int processors = Runtime.getRuntime().availableProcessors();
    String row =
        "{\"name\": \"AES-Twofish\", \"mode\": \"xts\", \"direction\": \"%s\","
            + " \"threads\": %d, \"mbPerSecond\": %s, \"kernel\": \"platform+tables\"}";
    String ciphers =
        row.formatted("encrypt", 1, 1234.6) + ", " + row.formatted("decrypt", 1, 2345.7);
    if (processors > 1) {
      ciphers +=
          ", "
              + row.formatted("encrypt", processors, Math.round(12345.6 * processors) / 10.0)
              + ", "
              + row.formatted("decrypt", processors, Math.round(23456.7 * processors) / 10.0);
    }
    String expected =
        "{\"jdk\": \"%s\", \"cpu\": \"%s\", \"ciphers\": [%s], \"kdfs\": ["
                .formatted(Machine.jdk(), Machine.cpu(), ciphers)
            + "{\"name\": \"sha512\", \"iterations\": 500000, \"bytes\": 192,"
            + " \"seconds\": 0.5124, \"kernel\": \"platform\"}, "
            + "{\"name\": \"argon2id\", \"iterations\": 6, \"bytes\": 192,"
            + " \"seconds\": null, \"kernel\": \"words\"}]}\n";
    CommandRun.Result result = benchmark("--json");
    assertEquals(0, result.status(), result::err);
    assertEquals(expected, result.out());
  }

  @Test
  void onlyOneIsMeasuredWhenAsked() {
    List<String> cipher = benchmark("--only", "aes-TWOFISH").lines();
    assertTrue(cipher.stream().noneMatch(line -> line.startsWith("sha512")), cipher::toString);
    List<String> kdf = benchmark("--only", "sha512").lines();
    assertEquals(4, kdf.size(), kdf::toString);
  }

  @Test
  void theLibraryIsMeasured() {
    CommandRun.Result result =
        new CommandRun().run("benchmark", "--only", "serpent", "--seconds", "0.01", "--json");
    assertEquals(0, result.status(), result::err);
    assertTrue(
        result
            .out()
            .contains("\"name\": \"Serpent\", \"mode\": \"xts\", \"direction\": \"decrypt\""));
    assertTrue(result.out().endsWith("], \"kdfs\": []}\n"), result::out);
    CommandRun.Result hash =
        new CommandRun().run("benchmark", "--only=SHA-256", "--seconds=0.01", "--json");
    assertTrue(hash.out().contains("\"ciphers\": [], \"kdfs\": [{\"name\": \"sha256\""), hash::out);
  }
}
