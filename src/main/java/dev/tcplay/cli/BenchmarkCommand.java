package dev.tcplay.cli;

import dev.tcplay.model.CryptoDiagnostics;
import dev.tcplay.model.CryptoDiagnostics.CipherSpeed;
import dev.tcplay.model.CryptoDiagnostics.Direction;
import dev.tcplay.model.CryptoDiagnostics.KdfSpeed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tcplay benchmark}: how fast this machine encrypts, decrypts and derives keys. */
@Command(
    name = "benchmark",
    description = "Measures ciphers and key derivations in memory, warmed up.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class BenchmarkCommand implements Callable<Integer> {

  private static final double MOST_SECONDS = 3600;

  private final Terminal terminal;
  private final Supplier<CryptoDiagnostics> diagnostics;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Measure only this cipher chain or this hash.")
  private @Nullable String only;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Measure each for S seconds, 0.5 by default.")
  private double seconds = 0.5;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  BenchmarkCommand(Terminal terminal, Supplier<CryptoDiagnostics> diagnostics) {
    this.terminal = terminal;
    this.diagnostics = diagnostics;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
      throw misuse("--seconds must be more than 0 and at most 3600");
    }
    CryptoDiagnostics lab = diagnostics.get();
    List<String> ciphers = lab.ciphers();
    List<String> kdfs = lab.kdfs();
    if (only != null) {
      Optional<String> cipher = lab.findCipher(only);
      Optional<String> kdf = lab.findKdf(only);
      if (cipher.isEmpty() && kdf.isEmpty()) {
        List<String> known = new ArrayList<>(ciphers);
        known.addAll(kdfs);
        throw misuse("--only must be one of " + String.join(", ", known));
      }
      ciphers = cipher.stream().toList();
      kdfs = kdf.stream().toList();
    }
    BenchmarkReport report =
        json ? new JsonReport(terminal.out()) : new TableReport(terminal.out());
    measure(lab, ciphers, kdfs, report);
    return ExitStatus.FINE;
  }

  private void measure(
      CryptoDiagnostics lab, List<String> ciphers, List<String> kdfs, BenchmarkReport report)
      throws IOException, InterruptedException {
    Duration time = Duration.ofNanos(Math.max(1, (long) (seconds * 1e9)));
    report.begin(Machine.jdk(), Machine.cpu());
    for (String name : ciphers) {
      for (int threads : threads()) {
        CipherSpeed encryption = lab.measureCipher(name, Direction.ENCRYPT, threads, time);
        CipherSpeed decryption = lab.measureCipher(name, Direction.DECRYPT, threads, time);
        report.cipher(encryption, decryption);
      }
    }
    for (String name : kdfs) {
      KdfSpeed speed = lab.measureKdf(name, time);
      report.kdf(speed);
    }
    report.end();
  }

  /** One thread, and as many as there are processors. */
  private static int[] threads() {
    return IntStream.of(1, Runtime.getRuntime().availableProcessors()).distinct().toArray();
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
