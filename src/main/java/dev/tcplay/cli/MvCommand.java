package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import picocli.CommandLine.Command;

/** {@code tcplay mv}: moves and renames inside the volume. */
@Command(
    name = "mv",
    description = {
      "Moves files and directories inside the volume: into DST if that is a directory, else to"
          + " that name.",
      "A file that is there is replaced, and so is an empty directory by a directory."
    },
    customSynopsis = "tcplay mv [OPTIONS] FILE SRC... DST")
final class MvCommand extends TransferCommand {

  private final MadeFiles made = new MadeFiles();

  MvCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void transfer(Path source, BasicFileAttributes attributes, Path target, TreeCopier copier)
      throws IOException {
    made.checkOther(target);
    Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
    made.add(target);
  }
}
