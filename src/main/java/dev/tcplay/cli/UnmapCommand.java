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
          + " keys are wiped. Clients of a device or a server should have ended before: they are cut"
          + " off. Programs that have files open in a mount keep it from ending."
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

  @Option(
      names = "--force",
      description =
          "End it also if programs use a mount: they have ten seconds to close their files, and are"
              + " cut off from them then.")
  private boolean force;

  UnmapCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run() throws IOException {
    String one = name;
    Work end = force ? this::cutOff : this::end;
    if (all == (one != null)) {
      throw misuse("either NAME or --all");
    }
    if (one != null) {
      end.on(one);
      return ExitStatus.FINE;
    }
    return withAll(folder().names(), end);
  }
}
