package dev.tcplay.cli;

import dev.tcplay.cli.exec.InsideProgram;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay exec}: runs a Java program from a volume. */
@Command(
    name = "exec",
    description = {
      "Runs a Java program whose classes and resources lie in the container, without writing them"
          + " anywhere. Its exit status is the program's."
    })
final class ExecCommand extends VolumeCommand {

  /** Takes all that is left: behind the class, options are the program's. */
  @SuppressWarnings("JdkObsolete") // the parser's signature
  static final class AllThatIsLeft implements IParameterConsumer {

    @Override
    public void consumeParameters(Stack<String> left, ArgSpec argument, CommandSpec command) {
      List<String> program = new ArrayList<>(left);
      // The top of the stack is its last element.
      Collections.reverse(program);
      left.clear();
      argument.setValue(program);
    }
  }

  @Option(
      names = {"-cp", "--class-path"},
      paramLabel = "PATH",
      description = "Folders and jars in the container, divided by colons; by default its root.")
  private String classPath = "/";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "MAIN [ARGS]",
      hideParamSyntax = true,
      parameterConsumer = AllThatIsLeft.class,
      description = "The class with the main method, and what it is given.")
  private List<String> program = List.of();

  private int status;

  ExecCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    try (FileSystem volume = mount()) {
      status =
          InsideProgram.run(
              volume,
              classPath,
              program.get(0),
              program.subList(1, program.size()),
              RunningCommand::handOver);
    }
  }

  @Override
  int status() {
    return status;
  }
}
