package dev.tcplay.cli;

import dev.tcplay.Keyfiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tcplay keyfile create}: a file of random bytes. */
@Command(
    name = "create",
    description = "Makes a keyfile of random bytes, its owner's alone.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class KeyfileCreateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--size",
      paramLabel = "N[K|M]",
      description = "Its size, from 1 byte to 1M, as no more count; 128 bytes by default.")
  private Size size = new Size(Keyfiles.DEFAULT_BYTES);

  @Option(
      names = "--force",
      description = "Replace OUT if it exists; what opened with it opens no more.")
  private boolean force;

  @Mixin private RandomOptions random = new RandomOptions();

  @Parameters(paramLabel = "OUT", description = "The file to make.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    if (size.bytes() < 1 || size.bytes() > Keyfiles.MOST_BYTES) {
      throw new ParameterException(
          spec.commandLine(),
          "--size: expected from 1 to %d bytes, as no more count".formatted(Keyfiles.MOST_BYTES));
    }
    NewFile.check(out, force);
    NewFile.make(out, () -> Keyfiles.create(out, (int) size.bytes(), force, random.random()));
    return ExitStatus.FINE;
  }
}
