package dev.tcplay.cli;

import dev.tcplay.serve.fuse.FuseMount;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay unmount}: ends what {@code mount} has begun. */
@Command(
    name = "unmount",
    description = {
      "Ends a mount: all is written, the keys are wiped and DIR is free again. Programs that have"
          + " files open there keep it from ending. What a killed process has left is freed, too."
    })
final class UnmountCommand extends MappedCommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR",
      description = "Where the volume is mounted.")
  private @Nullable Path point;

  @Option(names = "--all", description = "End all mounts of this user.")
  private boolean all;

  UnmountCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run() throws IOException {
    Path one = point;
    if (all == (one != null)) {
      throw misuse("either DIR or --all");
    }
    if (one != null) {
      end(one);
      return ExitStatus.FINE;
    }
    int status = ExitStatus.FINE;
    for (String name : folder().names()) {
      try {
        if (!mounts(name).isEmpty()) {
          stop(name);
        }
      } catch (IOException e) {
        complain(e);
        status = ExitStatus.FAILED;
      }
    }
    return status;
  }

  private List<String> mounts(String name) throws IOException {
    return ask(name, ControlServer.MOUNTS).lines().toList();
  }

  private void end(Path directory) throws IOException {
    Path place = FuseMount.place(directory);
    String visible = Names.visible(place.toString());
    for (String name : folder().names()) {
      if (mounts(name).contains(visible)) {
        stop(name);
        return;
      }
    }
    if (!FuseMount.freeIfDead(place)) {
      throw new FileSystemException(
          directory.toString(), null, "no volume of this user is mounted there");
    }
  }
}
