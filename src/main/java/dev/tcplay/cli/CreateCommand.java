package dev.tcplay.cli;

import dev.tcplay.ContainerCreator;
import dev.tcplay.Tcplay;
import dev.tcplay.model.NewFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tcplay create}: a new container with an empty file system. */
@Command(
    name = "create",
    description = {
      "Makes a container with an empty file system, in VeraCrypt's format by default.",
      "The password is asked for twice, unless an option gives one."
    })
final class CreateCommand extends ContainerCommand {

  @Option(
      names = "--size",
      paramLabel = "N[K|M|G|T]",
      required = true,
      description = "The size of FILE in bytes, KiB, MiB, GiB or TiB; at least 292K.")
  private Size size = new Size(0);

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "VeraCrypt or TrueCrypt; VeraCrypt by default.")
  private @Nullable String format;

  @Mixin private FileSystemOptions fileSystem = new FileSystemOptions();
  @Mixin private LocalOptions local = new LocalOptions();

  @Option(
      names = "--quick",
      description = "Leave free space as a hole instead of noise: fast, but it shows what is used.")
  private boolean quick;

  @Option(names = "--force", description = "Replace FILE if it exists.")
  private boolean force;

  CreateCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    withKeys(
        keys -> {
          try (CopyLine line = new CopyLine(screen())) {
            ContainerCreator creator = creator(line).keys(keys);
            RunningCommand.interruptibly(creator::create, this::unmade);
            return creator;
          }
        });
  }

  private String unmade() {
    return file() + (Files.exists(file()) ? ": is as it was" : ": was not made");
  }

  private ContainerCreator creator(CopyLine line) {
    ContainerCreator creator =
        Tcplay.create(file()).size(size.bytes()).quick(quick).replaceExisting(force);
    local.setOn(creator);
    Optional.ofNullable(format).ifPresent(creator::format);
    NewFileSystem wanted = fileSystem.wanted();
    wanted.type().ifPresent(creator::type);
    wanted.label().ifPresent(creator::label);
    line.expect(size.bytes());
    return creator.progress((written, total) -> line.reached(written));
  }

  @Override
  char @Nullable [] askForPassword(PasswordPrompt prompt) {
    return askTwice(prompt);
  }
}
