package dev.tcplay.cli;

import static dev.tcplay.cli.dialect.TcplayOption.INFO_MAPPED;
import static dev.tcplay.cli.dialect.TcplayOption.UNMAP;

import dev.tcplay.cli.dialect.AlgorithmNames;
import dev.tcplay.cli.dialect.TcplayRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** {@code tcplay -j} and {@code tcplay -u}: what is done with a mapped volume. */
final class DialectMapped {

  private static final int UNIT = 512;

  /** The status of a mapping that cannot be removed: EINVAL. */
  private static final int INVALID = 22;

  private final DialectTerminal terminal;
  private final TcplayRequest request;

  DialectMapped(DialectTerminal terminal, TcplayRequest request) {
    this.terminal = terminal;
    this.request = request;
  }

  int run() throws IOException {
    return request.has(UNMAP) ? unmap() : info();
  }

  private int unmap() throws IOException {
    String name = request.value(UNMAP).orElseThrow();
    try {
      RunFolder.checkName(name);
      new Mappings(RunFolder.ofUser()).end(name);
      return ExitStatus.FINE;
    } catch (IOException | IllegalArgumentException e) {
      terminal.complain(DialectCommand.message(e));
      terminal.complain("Could not remove mapping " + name);
      return INVALID;
    }
  }

  private int info() throws IOException {
    String name = request.value(INFO_MAPPED).orElseThrow();
    try {
      RunFolder.checkName(name);
      Mappings mappings = new Mappings(RunFolder.ofUser());
      print(facts(mappings.ask(name, ControlServer.STATUS)));
      return ExitStatus.FINE;
    } catch (IOException | IllegalArgumentException e) {
      terminal.complain(DialectCommand.message(e));
      terminal.complain(
          "Could not retrieve information about mapped volume " + name + ". Does it exist?");
      return DialectCommand.FAILED;
    }
  }

  private static Map<String, String> facts(String text) {
    Map<String, String> facts = new HashMap<>();
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        facts.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return facts;
  }

  private void print(Map<String, String> facts) throws IOException {
    String cipher = facts.getOrDefault("cipher", "");
    long start = Long.parseLong(facts.getOrDefault("data-offset", "0"));
    terminal.line("Device:\t\t\t" + facts.getOrDefault(VolumeFacts.FILE, ""));
    terminal.line("Cipher:\t\t\t" + AlgorithmNames.chain(cipher));
    terminal.line("Key Length:\t\t" + AlgorithmNames.keyBits(cipher) + " bits");
    terminal.line("Sector size:\t\t" + UNIT);
    terminal.line(
        "Volume size:\t\t" + Long.parseLong(facts.getOrDefault("size", "0")) / UNIT + " sectors");
    terminal.line("IV offset:\t\t" + facts.getOrDefault("first-unit", "0") + " sectors");
    terminal.line("Block offset:\t\t" + start / UNIT + " sectors");
  }
}
