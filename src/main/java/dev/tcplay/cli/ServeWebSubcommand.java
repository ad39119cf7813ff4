package dev.tcplay.cli;

import picocli.CommandLine.Mixin;

/** A command that serves the files of a volume by a protocol of the web. */
abstract class ServeWebSubcommand extends ServeSubcommand {

  @Mixin private WebOptions options = new WebOptions();

  ServeWebSubcommand(Terminal terminal) {
    super(terminal);
  }

  /** Returns how the tree is served. */
  final WebOptions options() {
    return options;
  }

  @Override
  final void check() {
    if (options.isInClearForOthers()) {
      throw misuse(ListenAddress.IN_CLEAR);
    }
  }
}
