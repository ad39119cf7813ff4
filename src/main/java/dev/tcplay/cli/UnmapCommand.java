package dev.tcplay.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay unmap}: ends what {@code map}, {@code mount} or {@code serve} has begun. */
@Command(
    name = "unmap",
    description = {
      "Ends a volume that is mapped, mounted or served: requests under way end, all is written, the"
          + " keys are wiped. Its clients should have ended before; those that use it are cut off."
    })
final class UnmapCommand extends MappedCommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "What the volume is called.")
  private @Nullable String name;

  @Option(names = "--all", description = "End all of this user.")
  private boolean all;

  UnmapCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run() throws IOException {
    String one = name;
    if (all == (one != null)) {
      throw misuse("either NAME or --all");
    }
    if (one != null) {
      stop(one);
      return ExitStatus.FINE;
    }
    return withAll(folder().names(), this::stop);
  }
}
