package dev.tcplay.cli.help;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Adds examples and exit statuses to the help of commands. */
public final class Manual {

  /** Those that open no container. */
  private static final Set<String> WITHOUT_KEYS =
      Set.of(
          "unmap",
          "status",
          "list",
          "keyfile create",
          "keyfile check",
          "cryptdisks stop",
          "cryptdisks status",
          "selftest",
          "benchmark",
          "help",
          "completion",
          "man");

  private Manual() {}

  /** Adds them to a command and all below it. */
  public static void addTo(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    List<String> examples = Examples.of(nameOf(spec));
    if (!examples.isEmpty()) {
      usage.footerHeading("%nExamples:%n");
      usage.footer(examples.stream().map(each -> "  " + each).toArray(String[]::new));
    }
    if (line.getSubcommands().isEmpty()) {
      usage.exitCodeListHeading("%nExit status:%n");
      usage.exitCodeList(statuses(nameOf(spec)));
    }
    line.getSubcommands().values().forEach(Manual::addTo);
  }

  /** Returns how a command is called behind {@code tcplay}, empty for that itself. */
  static String nameOf(CommandSpec spec) {
    String whole = spec.qualifiedName();
    int blank = whole.indexOf(' ');
    return blank < 0 ? "" : whole.substring(blank + 1);
  }

  private static Map<String, String> statuses(String command) {
    Map<String, String> statuses = new LinkedHashMap<>();
    statuses.put("0", "all went well");
    if (!WITHOUT_KEYS.contains(command)) {
      statuses.put("1", "wrong password, or not a container");
      statuses.put("2", "called wrongly, or no password and nobody to ask for it");
    } else {
      statuses.put("2", "called wrongly");
    }
    statuses.put("3", "a file is missing, reading or writing failed, or something is damaged");
    if (command.equals("check")) {
      statuses.put("4", "damage was found that is still there");
    }
    statuses.put("129, 130, 143", "stopped by SIGHUP, by Ctrl-C, by SIGTERM");
    statuses.put("141", "nobody reads the output any more");
    return statuses;
  }
}
