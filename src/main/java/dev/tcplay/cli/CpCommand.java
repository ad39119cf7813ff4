package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tcplay cp}: copies inside the volume. */
@Command(
    name = "cp",
    description = {
      "Copies files, and directories with -r, inside the volume: into DST if that is a directory,"
          + " else to that name.",
      "Files that are there are replaced and directories are merged."
    },
    customSynopsis = "tcplay cp [OPTIONS] [-r] FILE SRC... DST")
final class CpCommand extends TransferCommand {

  @Option(names = "-r", description = "Copy directories with all that is in them.")
  private boolean recursive;

  @Mixin private TimesOption times = new TimesOption();

  /** One for all that is copied into it, since it knows what it was given before. */
  private final Map<Path, TargetDirectory> directories = new HashMap<>();

  CpCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  boolean keepsTimes() {
    return times.areKept();
  }

  @Override
  void transfer(Path source, BasicFileAttributes attributes, Path target, TreeCopier copier)
      throws IOException {
    if (attributes.isDirectory() && !recursive) {
      throw new FileSystemException(
          source.toString(), null, "is a directory, and is copied with -r only");
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(source, target)) {
      throw new FileSystemException(source.toString(), null, "is that file already");
    }
    copier.announce(List.of(source));
    Path parent = Objects.requireNonNull(target.toAbsolutePath().getParent());
    TargetDirectory directory = directories.computeIfAbsent(parent, PathDirectory::new);
    copier.copy(source, attributes, directory, target.getFileName().toString());
  }
}
