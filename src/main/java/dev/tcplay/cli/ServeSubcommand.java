package dev.tcplay.cli;

import picocli.CommandLine.Option;

/** A command that serves the files of a volume by one protocol. */
abstract class ServeSubcommand extends TreeCommand {

  @Option(
      names = "--background",
      description = "Return as soon as a process of its own serves, which outlives the terminal.")
  private boolean background;

  ServeSubcommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  final boolean isInBackground() {
    return background;
  }
}
