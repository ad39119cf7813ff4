package dev.tcplay.cli;

import dev.tcplay.model.CryptoDiagnostics;
import dev.tcplay.model.CryptoDiagnostics.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay selftest}: proves that the cryptography is right on this machine. */
@Command(
    name = "selftest",
    description = "Checks all ciphers, modes, hashes and key derivations on this machine.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class SelfTestCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Supplier<CryptoDiagnostics> diagnostics;
  private int checks;
  private int failures;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Use the random data of an earlier run, which printed this seed.")
  private @Nullable Long seed;

  SelfTestCommand(Terminal terminal, Supplier<CryptoDiagnostics> diagnostics) {
    this.terminal = terminal;
    this.diagnostics = diagnostics;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long used = seed == null ? new SecureRandom().nextLong() : seed;
    print("seed: " + used);
    try {
      diagnostics.get().selfTest(used, this::report);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (failures > 0) {
      terminal.complain("%d of %d checks failed".formatted(failures, checks));
      return ExitStatus.FAILED;
    }
    print("all %d checks passed".formatted(checks));
    return ExitStatus.FINE;
  }

  private void report(Check check) {
    checks++;
    String what =
        "%s (%s) against %s".formatted(check.subject(), check.kernel(), check.reference());
    try {
      if (check.failure().isEmpty()) {
        print("ok      " + what);
      } else {
        failures++;
        print("FAILED  " + what + ": " + check.failure().get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows each line at once, since a check may take a while. */
  private void print(String line) throws IOException {
    terminal.out().line(line);
    terminal.out().flush();
  }
}
