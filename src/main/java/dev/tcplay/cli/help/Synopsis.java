package dev.tcplay.cli.help;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** How a command is called, in one line. */
final class Synopsis {

  private Synopsis() {}

  static String of(CommandSpec spec) {
    String[] own = spec.usageMessage().customSynopsis();
    if (own.length > 0) {
      return String.join(" ", own);
    }
    StringBuilder line = new StringBuilder(spec.qualifiedName()).append(" [OPTIONS]");
    for (PositionalParamSpec each : spec.positionalParameters()) {
      String label = each.paramLabel();
      String shown = each.arity().max() > 1 && !each.hideParamSyntax() ? label + "..." : label;
      line.append(' ').append(each.arity().min() == 0 ? "[" + shown + "]" : shown);
    }
    return line.append(spec.subcommands().isEmpty() ? "" : " COMMAND").toString();
  }
}
