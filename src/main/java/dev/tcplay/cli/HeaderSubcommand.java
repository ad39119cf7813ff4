package dev.tcplay.cli;

import dev.tcplay.ContainerHeaders;
import dev.tcplay.Tcplay;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** A command on the headers of one container. */
abstract class HeaderSubcommand extends ContainerCommand {

  /** Something done with headers. */
  interface Task<T> {
    T on(ContainerHeaders headers) throws IOException;
  }

  @Mixin private HeaderOptions options = new HeaderOptions();

  HeaderSubcommand(Terminal terminal) {
    super(terminal);
  }

  /** Returns where in FILE the container begins, in bytes. */
  final long start() {
    return options.start();
  }

  /** Does something with the headers; asks for the password if none is known. */
  final <T> T with(Task<T> task) throws IOException {
    checkThere();
    return withKeys(
        keys -> {
          try (UnlockLine line = new UnlockLine(screen())) {
            ContainerHeaders headers = Tcplay.headers(file()).keys(keys).progress(line);
            options.setOn(headers);
            return task.on(headers);
          }
        });
  }
}
