package dev.tcplay.cli.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A manual page in the language of man(7), out of the model of a command. */
public final class ManPage {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "JAVA_HOME", "The folder of the Java that the launcher starts; else the one on the PATH.",
          "NO_COLOR", "If it is not empty, the help has no colours on a terminal.",
          "TCPLAY_ARCHIVES",
              "The folder where the launcher keeps archives of classes; ~/.cache/tcplay without it.",
          "TCPLAY_OPTS", "Options of the virtual machine, such as -Xmx2g, for the launcher.",
          "TCPLAY_PASSWORD_FILE",
              "The file whose first line is the password if no option says one.");

  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /**
   * Returns the page of a command.
   *
   * @param version what made it, such as {@code tcplay 1.0}
   */
  public static String of(CommandLine line, String version) {
    ManPage page = new ManPage();
    page.write(line, version);
    return page.page.toString();
  }

  private void write(CommandLine line, String version) {
    CommandSpec spec = line.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    String name = spec.qualifiedName("-");
    macro("TH", name.toUpperCase(Locale.ROOT), "1", "", version, "User Commands");
    macro("SH", "NAME");
    text(name + " - " + Sentences.first(usage.description()));
    macro("SH", "SYNOPSIS");
    text(Synopsis.of(spec));
    macro("SH", "DESCRIPTION");
    for (String paragraph : usage.description()) {
      macro("PP");
      text(paragraph);
    }
    if (!line.getSubcommands().isEmpty()) {
      macro("SH", "COMMANDS");
      line.getSubcommands()
          .forEach(
              (key, sub) -> item(bold(key), sub.getCommandSpec().usageMessage().description()));
    }
    arguments(spec);
    options(spec);
    if (!usage.exitCodeList().isEmpty()) {
      macro("SH", "EXIT STATUS");
      usage.exitCodeList().forEach((status, meaning) -> item(bold(status), meaning));
    }
    if (spec.root() == spec) {
      macro("SH", "ENVIRONMENT");
      ENVIRONMENT.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(each -> item(bold(each.getKey()), each.getValue()));
    }
    examples(Examples.of(Manual.nameOf(spec)));
    seeAlso(line);
  }

  private void arguments(CommandSpec spec) {
    List<PositionalParamSpec> arguments = spec.positionalParameters();
    if (!arguments.isEmpty()) {
      macro("SH", "ARGUMENTS");
    }
    for (PositionalParamSpec each : arguments) {
      item("\\fI" + escaped(each.paramLabel()) + "\\fR", each.description());
    }
  }

  private void options(CommandSpec spec) {
    macro("SH", "OPTIONS");
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        item(names(option), option.description());
      }
    }
  }

  private static String names(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    if (option.negatable()) {
      Stream.of(option.names()).map(each -> each.replaceFirst("--", "--no-")).forEach(names::add);
    }
    String joined = names.stream().map(ManPage::bold).collect(Collectors.joining(", "));
    return option.arity().max() == 0
        ? joined
        : joined + "=\\fI" + escaped(option.paramLabel()) + "\\fR";
  }

  private void examples(List<String> examples) {
    if (!examples.isEmpty()) {
      macro("SH", "EXAMPLES");
      macro("nf");
      examples.forEach(this::text);
      macro("fi");
    }
  }

  private void seeAlso(CommandLine line) {
    List<String> others = new ArrayList<>();
    CommandLine parent = line.getParent();
    if (parent != null) {
      others.add(parent.getCommandSpec().qualifiedName("-"));
    }
    line.getSubcommands()
        .values()
        .forEach(sub -> others.add(sub.getCommandSpec().qualifiedName("-")));
    if (!others.isEmpty()) {
      macro("SH", "SEE ALSO");
      page.append(
          others.stream().map(each -> bold(each) + "(1)").collect(Collectors.joining(",\n")));
      page.append('\n');
    }
  }

  private void item(String head, String... paragraphs) {
    macro("TP");
    page.append(head).append('\n');
    for (int i = 0; i < paragraphs.length; i++) {
      if (i > 0) {
        macro("IP");
      }
      text(paragraphs[i]);
    }
  }

  private void macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument)).append('"');
    }
    page.append('\n');
  }

  /** Writes a line of text; one that begins as a request does is none by what stands before it. */
  private void text(String text) {
    String line = escaped(text);
    page.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "").append(line);
    page.append('\n');
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
  }
}
