package dev.tcplay.cli;

import static dev.tcplay.cli.dialect.TcplayOption.INFO_MAPPED;
import static dev.tcplay.cli.dialect.TcplayOption.UNMAP;

import dev.tcplay.cli.dialect.TcplayRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code tcplay -j} and {@code tcplay -u}: what is done with a mapped volume. */
final class DialectMapped {

  private static final int UNIT = 512;

  /** What tells how long a volume is: a tree is served without the device that it is on. */
  private static final List<String> SIZES = List.of("size", "scope-length", "data-length");

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
    String facts;
    try {
      RunFolder.checkName(name);
      facts = new Mappings(RunFolder.ofUser()).ask(name, ControlServer.STATUS);
    } catch (IOException | IllegalArgumentException e) {
      terminal.complain(DialectCommand.message(e));
      terminal.complain(
          "Could not retrieve information about mapped volume " + name + ". Does it exist?");
      return DialectCommand.FAILED;
    }
    terminal.lines(lines(name, facts));
    return ExitStatus.FINE;
  }

  /**
   * Returns what is told of a served volume.
   *
   * @param status what its process says, a line for each fact
   * @throws IOException if tcplay has no name for how it is encrypted
   */
  static List<String> lines(String name, String status) throws IOException {
    Map<String, String> facts = facts(status);
    String chain = facts.getOrDefault("cipher", VolumeFacts.NONE);
    if (chain.equals(VolumeFacts.NONE)) {
      throw new IOException(name + " is not encrypted; tcplay status NAME tells of it");
    }
    DialectCipher cipher =
        DialectCipher.of(name, chain, facts.getOrDefault("mode", ""), "status NAME");
    List<String> lines = new ArrayList<>();
    lines.add("Device:\t\t\t" + facts.get(VolumeFacts.FILE));
    lines.addAll(cipher.lines());
    lines.add("Sector size:\t\t" + UNIT);
    lines.add("Volume size:\t\t" + number(facts, SIZES) / UNIT + " sectors");
    lines.add("IV offset:\t\t" + number(facts, List.of("first-unit")) + " sectors");
    lines.add("Block offset:\t\t" + number(facts, List.of("data-offset")) / UNIT + " sectors");
    return lines;
  }

  private static Map<String, String> facts(String status) {
    Map<String, String> facts = new HashMap<>();
    for (String line : status.lines().toList()) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        facts.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return facts;
  }

  /** Returns the value of the first fact that there is. */
  private static long number(Map<String, String> facts, List<String> names) throws IOException {
    for (String name : names) {
      String value = facts.get(name);
      if (value != null) {
        return Long.parseLong(value);
      }
    }
    throw new IOException("its process does not tell its " + names.get(0));
  }
}
