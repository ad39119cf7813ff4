package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a benchmark's figures depend on. */
final class Machine {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** Returns the version of the JDK and who built it. */
  static String jdk() {
    return Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
  }

  /** Returns the processor's model, where the system tells it, and how many there are. */
  static String cpu() {
    String model =
        modelOfLinux()
            .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
            .orElse(System.getProperty("os.arch"));
    int count = Runtime.getRuntime().availableProcessors();
    return model + ", " + count + (count == 1 ? " processor" : " processors");
  }

  private static Optional<String> modelOfLinux() {
    if (!Files.isReadable(CPU_INFO)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // it only describes the figures
    }
  }
}
