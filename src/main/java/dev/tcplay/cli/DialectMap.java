package dev.tcplay.cli;

import static dev.tcplay.cli.dialect.TcplayOption.ALLOW_TRIM;
import static dev.tcplay.cli.dialect.TcplayOption.DEVICE;
import static dev.tcplay.cli.dialect.TcplayOption.FDE;
import static dev.tcplay.cli.dialect.TcplayOption.KEYFILE;
import static dev.tcplay.cli.dialect.TcplayOption.KEYFILE_HIDDEN;
import static dev.tcplay.cli.dialect.TcplayOption.MAP;
import static dev.tcplay.cli.dialect.TcplayOption.SYSTEM_ENCRYPTION;
import static dev.tcplay.cli.dialect.TcplayOption.USE_HIDDEN_HDR_FILE;

import dev.tcplay.cli.dialect.AlgorithmNames;
import dev.tcplay.cli.dialect.TcplayRequest;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code tcplay -m}: a volume that {@code map --background} serves. */
final class DialectMap {

  private final DialectTerminal terminal;
  private final TcplayRequest request;
  private final DialectUnlocking unlocking;
  private final String name;

  DialectMap(DialectTerminal terminal, TcplayRequest request) {
    this.terminal = terminal;
    this.request = request;
    this.unlocking = new DialectUnlocking(terminal, request);
    this.name = request.value(MAP).orElseThrow();
  }

  int run() throws IOException {
    RunFolder.checkName(name);
    RunFolder.ofUser().checkFree(name);
    Optional<Integer> status = unlocking.unlock(this::map);
    if (status.isEmpty()) {
      return DialectCommand.FAILED;
    }
    if (status.get() != ExitStatus.FINE) {
      terminal.complain("Could not set up mapping " + name);
      return DialectCommand.FAILED;
    }
    terminal.line("All ok!");
    return ExitStatus.FINE;
  }

  private int map(Keys keys, @Nullable Keys hidden) throws IOException {
    if (hidden != null && request.has(USE_HIDDEN_HDR_FILE)) {
      throw new IllegalArgumentException(
          "-e reads the header of the hidden volume in the device: --use-hidden-hdr-file excludes"
              + " it");
    }
    byte[] lines = lines(keys, hidden);
    try {
      return unlocking.first(header -> map(header, lines, hidden != null));
    } finally {
      Arrays.fill(lines, (byte) 0);
    }
  }

  /** What the other process reads of its standard input: a passphrase in each line. */
  private static byte[] lines(Keys keys, @Nullable Keys hidden) {
    byte[] first = keys.password();
    byte[] second = hidden == null ? new byte[0] : hidden.password();
    byte[] lines = new byte[first.length + second.length + 2];
    System.arraycopy(first, 0, lines, 0, first.length);
    lines[first.length] = '\n';
    System.arraycopy(second, 0, lines, first.length + 1, second.length);
    lines[lines.length - 1] = '\n';
    return lines;
  }

  private int map(HeaderRequest header, byte[] lines, boolean protects) throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal quiet =
        new Terminal(
            new ByteArrayInputStream(lines),
            new Output(OutputStream.nullOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            question -> null,
            null);
    int status = new BackgroundStart(quiet).run(arguments(header, protects));
    if (status == ExitStatus.NOT_OPENED) {
      throw new WrongPasswordException(request.device(), "no header opens");
    }
    terminal.terminal().err().print(err.toString(StandardCharsets.UTF_8));
    return status;
  }

  private List<String> arguments(HeaderRequest header, boolean protects) {
    List<String> arguments = new ArrayList<>(List.of("map", "--background"));
    arguments.addAll(List.of("--password-file", "-"));
    request.values(KEYFILE).forEach(file -> arguments.addAll(List.of("--keyfile", file)));
    arguments.addAll(List.of("--hash", AlgorithmNames.triedPrfs()));
    arguments.addAll(header.headerOptions());
    if (request.has(SYSTEM_ENCRYPTION)) {
      arguments.remove("--system");
      arguments.add("--system-disk");
      arguments.add(unlocking.file(SYSTEM_ENCRYPTION).toString());
    }
    if (request.has(FDE)) {
      arguments.add("--fde");
    }
    if (request.has(ALLOW_TRIM)) {
      arguments.add("--allow-discards");
    }
    if (protects) {
      arguments.addAll(List.of("--protect-hidden", "--hidden-password-file", "-"));
      arguments.addAll(List.of("--hidden-hash", AlgorithmNames.triedPrfs()));
      request
          .values(KEYFILE_HIDDEN)
          .forEach(file -> arguments.addAll(List.of("--hidden-keyfile", file)));
    }
    arguments.addAll(List.of("--", name, unlocking.file(DEVICE).toString()));
    return arguments;
  }
}
