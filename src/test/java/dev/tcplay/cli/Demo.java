package dev.tcplay.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The container of the samples, and how to open it in little time. */
final class Demo {

  static final Path CONTAINER = Path.of("samples/demo.hc");
  static final Path TREE = Path.of("samples/tree");
  static final Path PASSWORD_FILE = Path.of("samples/demo.password");
  static final String PASSWORD = "an open secret";

  private Demo() {}

  /** Returns the arguments of a command on the demo container. */
  static Object[] arguments(String command, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command, "--pim", 1, "--hash", "sha512"));
    arguments.add("--password-file");
    arguments.add(PASSWORD_FILE);
    int options = 0;
    while (options < more.length && more[options].toString().matches("-.+")) {
      arguments.add(more[options++]);
    }
    arguments.add(CONTAINER);
    arguments.addAll(List.of(more).subList(options, more.length));
    return arguments.toArray();
  }

  /** Runs a command on the demo container. */
  static CommandRun.Result run(String command, Object... more) {
    return new CommandRun().run(arguments(command, more));
  }
}
